import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Config } from '../config.ts';
import type { Edition } from '../edition/edition.ts';
import { type Answer, sendAnswer } from '../http/answer.ts';
import { openClerk } from '../lib/clerk.ts';
import type { RefreshOptions } from '../refresh.ts';
import type { Report } from '../refresh-worker.ts';
import { privateJson, privateText } from './answers.ts';
import { requireAdmin } from './auth.ts';
import type { Journal } from './journal.ts';
import type { AdminFound, AdminQuestion } from './questions.ts';
import { type Status, type StoreFacts, toStatus, toStatusJson } from './status.ts';

/** What the admin needs from the rest of the process. */
export type AdminParts = {
  readonly config: Config;
  readonly journal: Journal;
  readonly current: () => Edition | undefined;
  readonly leads: () => boolean | undefined;
  /** Milliseconds since 1970. */
  readonly nextRun: () => number | undefined;
  readonly refresh: (options: RefreshOptions) => Promise<Report>;
};

/** What answers below `/-/`. */
export type Admin = { readonly handle: RequestHandler; readonly close: () => Promise<void> };

/** The worker goes when nobody has asked for this long, in milliseconds. */
const patience = 60_000;

/** Status, preview, the page and its buttons, for those who have the token; undefined when there is none. */
export function openAdmin(parts: AdminParts): Admin | undefined {
  const { config } = parts;
  if (config.ADMIN_TOKEN === undefined) return undefined;
  const script = new URL('./admin-worker.ts', import.meta.url);
  const clerk = openClerk<AdminQuestion, AdminFound>({ script, workerData: config, name: 'admin', patience });
  const readStatus = async (): Promise<Status> => statusOf(parts, await factsOf(clerk.ask({ ask: 'store' })));
  const router = express.Router();
  router.use(requireAdmin(config));
  router.get(
    '/status',
    answering(async () => privateJson(200, toStatusJson(await readStatus()))),
  );
  router.post(
    '/refresh',
    answering((request) => refreshNow(parts, request)),
  );
  router.all(
    '/refresh',
    answering(async () => onlyPost),
  );
  router.use(answering(async (request) => (['GET', 'HEAD'].includes(request.method) ? nothing : onlyGet)));
  return { handle: router, close: clerk.close };
}

const nothing: Answer = privateText(404, 'Not found');

const onlyPost: Answer = privateText(405, 'Expected POST', ['Allow', 'POST']);
const onlyGet: Answer = privateText(405, 'Expected GET', ['Allow', 'GET, HEAD']);

function answering(answer: (request: Request) => Promise<Answer>): RequestHandler {
  return async (request: Request, response: Response) => sendAnswer(request, response, await answer(request));
}

/** Refreshes, without the guard against mass withdrawal if `allow=withdrawal`. A browser goes back to the page. */
async function refreshNow({ refresh }: AdminParts, request: Request): Promise<Answer> {
  const report = await refresh({ allowsAll: request.query.allow === 'withdrawal' });
  if (request.accepts(['json', 'html']) === 'html') return privateText(303, 'Done', ['Location', './']);
  if (!report.ok) return privateJson(report.isRefusal === true ? 409 : 500, { ok: false, message: report.message });
  const { read = 0, problems = [], milliseconds = 0, change } = report.outcome ?? {};
  const changed = change === undefined ? [] : change.put.map(({ path }) => path);
  return privateJson(200, { ok: true, read, changed, problems, milliseconds: Math.round(milliseconds) });
}

async function factsOf(facts: Promise<StoreFacts>): Promise<StoreFacts> {
  return facts.catch((error: Error) => ({ fault: error.message }));
}

function statusOf({ config, current, journal, leads, nextRun }: AdminParts, store: StoreFacts): Status {
  return toStatus({
    config,
    edition: current(),
    chronicle: journal.read(),
    leads: leads(),
    nextRun: nextRun(),
    store,
  });
}

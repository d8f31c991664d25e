import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Config } from '../config.ts';
import type { Edition } from '../edition/edition.ts';
import { type Answer, sendAnswer } from '../http/answer.ts';
import { prefixOf } from '../http/app.ts';
import { type Clerk, openClerk } from '../lib/clerk.ts';
import type { RefreshOptions, Report } from '../orders.ts';
import { decodePath } from '../store/paths.ts';
import { onlyGet, privateAnswer, privateJson, privateText } from './answers.ts';
import { requireAdmin } from './auth.ts';
import type { Journal } from './journal.ts';
import { sendPreviewMedia } from './preview-media.ts';
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
  /** Hands on what was counted of readers so far. */
  readonly flush: () => Promise<void>;
};

/** What answers below `/-/`. */
export type Admin = {
  readonly handle: RequestHandler;
  /** Reads the store. */
  readonly ask: AdminClerk['ask'];
  /** Has the store opened anew. */
  readonly renew: () => void;
  readonly close: () => Promise<void>;
};

type AdminClerk = Clerk<AdminQuestion, AdminFound>;

/** The worker goes when nobody has asked for this long, in milliseconds. */
const patience = 60_000;

/** Status, preview, the page and its buttons, for those who have the token; undefined when there is none. */
export function openAdmin(parts: AdminParts): Admin | undefined {
  const { config } = parts;
  if (config.ADMIN_TOKEN === undefined) return undefined;
  const script = new URL('./admin-worker.ts', import.meta.url);
  const clerk: AdminClerk = openClerk({ script, workerData: config, name: 'admin', patience });
  const router = express.Router();
  router.use(requireAdmin(config));
  const home = async (): Promise<Answer> => {
    await parts.flush();
    const { refreshes } = parts.journal.read();
    return showPage(clerk, { ask: 'home', status: await statusOf(parts, clerk), refreshes });
  };
  const status = async (): Promise<Answer> => privateJson(200, toStatusJson(await statusOf(parts, clerk)));
  router.get('/', answering(home));
  router.get('/status', answering(status));
  router.get(
    '/preview',
    answering(({ query }) => {
      const { problems } = parts.journal.read();
      return showPage(clerk, { ask: 'files', after: toText(query.after), problems });
    }),
  );
  router.get('/preview/*path', preview(clerk, config.DATA_DIR));
  router.post(
    '/refresh',
    answering((request) => refreshNow(parts, clerk, request)),
  );
  router.all(
    '/refresh',
    answering(async () => onlyPost),
  );
  router.use(answering(async ({ method }) => (method === 'GET' || method === 'HEAD' ? nothing : onlyGet)));
  return { handle: router, ask: clerk.ask, renew: clerk.renew, close: clerk.close };
}

const nothing: Answer = privateText(404, 'Not found');
const onlyPost: Answer = privateText(405, 'Expected POST', ['Allow', 'POST']);

function answering(answer: (request: Request) => Promise<Answer>): RequestHandler {
  return async (request: Request, response: Response) => sendAnswer(request, response, await answer(request));
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function showPage(clerk: AdminClerk, question: AdminQuestion): Promise<Answer> {
  try {
    const { page } = await clerk.ask(question);
    return page === undefined ? nothing : privateAnswer(200, page.html, 'text/html; charset=utf-8', page.headers);
  } catch (error) {
    return privateText(503, (error as Error).message);
  }
}

/** A file of the data folder, as it will be published; what is no text is sent as it lies. */
function preview(clerk: AdminClerk, dataDir: string): RequestHandler {
  return async (request: Request, response: Response) => {
    const path = decodePath(request.path.slice('/preview/'.length));
    if (path !== undefined && (await sendPreviewMedia(dataDir, path, response))) return;
    const isReading = request.query.reading !== undefined;
    const answer = path === undefined ? nothing : await showPage(clerk, { ask: 'file', path, isReading });
    sendAnswer(request, response, answer);
  };
}

/** Refreshes, without the guard against mass withdrawal if `allow=withdrawal`. A browser goes back to the page. */
async function refreshNow(parts: AdminParts, clerk: AdminClerk, request: Request): Promise<Answer> {
  const allowsAll = request.query.allow === 'withdrawal';
  const answer = await (parts.leads() === false ? passOn(clerk, allowsAll) : refreshHere(parts, allowsAll));
  const isBrowser = request.accepts(['json', 'html']) === 'html';
  return isBrowser ? privateText(303, 'Done', ['Location', `${prefixOf(parts.config.PUBLIC_URL)}/-/`]) : answer;
}

/** A process that does not lead reads no files: it asks the one that does, which knows alone what it refused. */
async function passOn(clerk: AdminClerk, allowsAll: boolean): Promise<Answer> {
  const message = 'another process leads';
  if (allowsAll) return privateJson(409, { ok: false, message: `${message}: what was refused is allowed there` });
  try {
    await clerk.ask({ ask: 'leader' });
    return privateJson(202, { ok: true, message: `${message}, and was asked to refresh` });
  } catch (error) {
    return privateJson(500, { ok: false, message: (error as Error).message });
  }
}

async function refreshHere({ refresh }: AdminParts, allowsAll: boolean): Promise<Answer> {
  const report = await refresh({ allowsAll });
  if (!report.ok) return privateJson(report.isRefusal === true ? 409 : 500, { ok: false, message: report.message });
  const { read = 0, problems = [], milliseconds = 0, change } = report.outcome ?? {};
  const changed = change === undefined ? [] : change.put.map(({ path }) => path);
  return privateJson(200, { ok: true, read, changed, problems, milliseconds: Math.round(milliseconds) });
}

async function statusOf({ config, current, journal, leads, nextRun }: AdminParts, clerk: AdminClerk): Promise<Status> {
  const store = await factsOf(clerk);
  return toStatus({
    config,
    edition: current(),
    chronicle: journal.read(),
    leads: leads(),
    nextRun: nextRun(),
    store,
  });
}

/** What the store says; that it cannot be read is a fact too. */
export function factsOf({ ask }: Pick<Admin, 'ask'>): Promise<StoreFacts> {
  return ask({ ask: 'store' }).then(
    ({ facts }) => facts!,
    (error: Error) => ({ fault: error.message }),
  );
}

import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { ClerkAnswer, ClerkQuestion } from '../lib/clerk.ts';
import { utcDay } from '../lib/instant.ts';
import { readStats, type Stats } from '../stats/read-stats.ts';
import { openDoubts } from '../store/doubt.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type Desk, openDesk } from './desk.ts';
import { renderFilesPage } from './files-page.ts';
import { renderHomePage } from './home-page.ts';
import { toOutboxFacts } from './outbox.ts';
import type { AdminFound, AdminPage, AdminQuestion } from './questions.ts';
import { readerPlots } from './reader-plots.ts';
import { readerTables } from './reader-tables.ts';
import { renderFilePage } from './reading-page.ts';
import type { StoreFacts } from './status.ts';

const config = workerData as Config;
const doubt = openDoubts();
let opened: Store | undefined;

parentPort!.on('message', async ({ id, question }: ClerkQuestion<AdminQuestion>) => {
  const answer: ClerkAnswer<AdminFound> = await find(question).then(
    (found) => ({ id, found }),
    (error: Error) => {
      doubt(error);
      return { id, fault: error.message };
    },
  );
  parentPort!.postMessage(answer);
});

async function find(question: AdminQuestion): Promise<AdminFound> {
  if (question.ask === 'home') return { page: await renderHome(question) };
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  if (question.ask === 'store') return { facts: await readFacts(opened) };
  if (question.ask === 'leader') {
    await opened.wakeOthers();
    return {};
  }
  if (question.ask === 'stats') return { stats: await readStats(opened, question.range, Date.now()) };
  const desk = await openDesk(config, opened);
  if (question.ask === 'files') return { page: await renderFilesPage(desk, question.after, question.problems) };
  const page = await renderFilePage(desk, question.path, question.isReading);
  return page === undefined ? {} : { page };
}

async function readFacts(store: Store): Promise<StoreFacts> {
  return { ...(await store.size()), outbox: toOutboxFacts(await store.outbox.status()) };
}

/** How many days the plots go back. */
const daysShown = 30;

/** The overview is there also when the store is not. */
async function renderHome({ status, refreshes }: AdminQuestion & { readonly ask: 'home' }): Promise<AdminPage> {
  const now = Date.now();
  const { desk, stats } = (await readHome(now).catch(doubt)) ?? {};
  return renderHomePage(desk ?? { config, site: undefined }, {
    status,
    refreshes,
    plots: stats === undefined ? [] : readerPlots(stats, now),
    tables: stats === undefined ? [] : readerTables(stats),
  });
}

async function readHome(now: number): Promise<{ readonly desk: Desk; readonly stats: Stats }> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  const range = { from: utcDay(now - daysShown * 86_400_000), to: utcDay(now) };
  return { desk: await openDesk(config, opened), stats: await readStats(opened, range, now) };
}

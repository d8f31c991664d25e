import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { ClerkAnswer, ClerkQuestion } from '../lib/clerk.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { openDesk } from './desk.ts';
import { renderFilesPage } from './files-page.ts';
import type { AdminFound, AdminQuestion } from './questions.ts';
import { renderFilePage } from './reading-page.ts';

const config = workerData as Config;
let opened: Store | undefined;

parentPort!.on('message', async ({ id, question }: ClerkQuestion<AdminQuestion>) => {
  const answer: ClerkAnswer<AdminFound> = await find(question).then(
    (found) => ({ id, found }),
    (error: Error) => ({ id, fault: error.message }),
  );
  parentPort!.postMessage(answer);
});

async function find(question: AdminQuestion): Promise<AdminFound> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  if (question.ask === 'store') return { facts: { ...(await opened.size()), outbox: await opened.outbox.status() } };
  const desk = await openDesk(config, opened);
  if (question.ask === 'files') return { page: await renderFilesPage(desk, question.after) };
  const page = await renderFilePage(desk, question.path, question.isReading);
  return page === undefined ? {} : { page };
}

import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { ClerkAnswer, ClerkQuestion } from '../lib/clerk.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { AdminFound, AdminQuestion } from './questions.ts';
import type { StoreFacts } from './status.ts';

const config = workerData as Config;
let opened: Store | undefined;

parentPort!.on('message', async ({ id, question }: ClerkQuestion<AdminQuestion>) => {
  const answer: ClerkAnswer<AdminFound> = await find(question).then(
    (found) => ({ id, found }),
    (error: Error) => ({ id, fault: error.message }),
  );
  parentPort!.postMessage(answer);
});

function find(_question: AdminQuestion): Promise<AdminFound> {
  return readFacts();
}

async function readFacts(): Promise<StoreFacts> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  return { ...(await opened.size()), outbox: await opened.outbox.status() };
}

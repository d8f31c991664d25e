import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { withoutUserInfo } from '../lib/url.ts';
import type { NoticeStatus, Outbox } from '../store/notice.ts';
import { isPostgres, openStore, sqliteFile } from '../store/open.ts';
import { startPusher } from './pusher.ts';
import { waiting } from './waiting.ts';

/** How long, in milliseconds, is waited for posts under way and for what comes due; longer than servers are waited for. */
const patience = 20_000;

/**
 * Makes the posts that wait in the outbox, for a publication that is exported and has no server to make them. Prints what
 * became of them; the exit code is 1 when one was not taken. What is left waits for the next call, or for a server.
 */
export async function pushOnce({ STORE_URL, HOOK_SECRET }: Config): Promise<number> {
  // A mistyped one would be made here, and have nothing to post.
  if (!isPostgres(STORE_URL) && !existsSync(sqliteFile(STORE_URL))) {
    throw new Error(`push: expected a store at ${sqliteFile(STORE_URL)}, found none`);
  }
  const store = openStore(STORE_URL);
  try {
    const before = await waiting(store.outbox);
    await settle(store.outbox, HOOK_SECRET);
    const asked = new Map(before.map((notice) => [keyOf(notice), notice.tries]));
    const after = (await store.outbox.status()).filter((notice) => asked.has(keyOf(notice)));
    const failed = after.filter((one) => one.lastError !== undefined && one.tries > asked.get(keyOf(one))!);
    for (const { target, topic, lastError } of failed)
      process.stderr.write(`push: ${withoutUserInfo(target)}: ${topic}: ${lastError}\n`);
    const taken = after.filter(({ state }) => state === 'taken').length;
    process.stdout.write(
      `push: ${taken} of ${before.length} posts taken, ${(await waiting(store.outbox)).length} wait\n`,
    );
    return failed.length > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

async function settle(outbox: Outbox, secret: string | undefined): Promise<void> {
  const end = Date.now() + patience;
  let fault: Error | undefined;
  const pusher = startPusher(outbox, { secret, onFault: (error) => (fault = error) });
  pusher.wake();
  const isBusy = async (): Promise<boolean> => (await waiting(outbox)).some(({ due }) => due <= end);
  while (fault === undefined && Date.now() < end && (await isBusy())) await sleep(50);
  await pusher.close();
  if (fault !== undefined) throw new Error(`push: ${(fault as Error).message}`, { cause: fault });
}

function keyOf({ target, topic }: NoticeStatus): string {
  return `${target} ${topic}`;
}

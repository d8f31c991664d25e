import type { NoticeStatus, Outbox } from '../store/notice.ts';

/** What is still to be posted. */
export async function waiting(outbox: Outbox): Promise<readonly NoticeStatus[]> {
  return (await outbox.status()).filter(({ state }) => state === 'pending');
}

import { createHmac } from 'node:crypto';
import type { PendingNotice } from '../store/notice.ts';

/** What became of one try. `retryAfter` in seconds, when the other side asked for it. */
export type Delivery =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string; readonly retryAfter?: number };

const timeoutMilliseconds = 5000;
const redirectLimit = 3;

/**
 * Posts a notice once. Any 2xx is success; redirects are followed only on the same host. Gives up when `closing`
 * aborts. Never rejects.
 */
export async function deliver(
  notice: PendingNotice,
  secret: string | undefined,
  closing: AbortSignal,
): Promise<Delivery> {
  try {
    return await post(notice, new URL(notice.target), toHeaders(notice, secret), closing, redirectLimit);
  } catch (error) {
    return { ok: false, error: describe(error as Error) };
  }
}

async function post(
  notice: PendingNotice,
  url: URL,
  headers: Record<string, string>,
  closing: AbortSignal,
  redirects: number,
): Promise<Delivery> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMilliseconds)]);
  const answer = await fetch(url, { method: 'POST', body: notice.body, headers, redirect: 'manual', signal });
  // Only the status counts; a body that never ends must not hold the connection.
  await answer.body?.cancel().catch(() => undefined);
  if (answer.ok) return { ok: true };
  const location = answer.headers.get('location');
  if ((answer.status === 307 || answer.status === 308) && location !== null && redirects > 0) {
    const next = new URL(location, url);
    if (next.host === url.host) return post(notice, next, headers, closing, redirects - 1);
    return { ok: false, error: `answered ${answer.status} to another host, ${next.host}` };
  }
  const retryAfter = answer.headers.get('retry-after');
  const error = `answered ${answer.status}`;
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter)
    ? { ok: false, error, retryAfter: Number(retryAfter) }
    : { ok: false, error };
}

function toHeaders({ kind, body }: PendingNotice, secret: string | undefined): Record<string, string> {
  if (kind === 'websub') return { 'Content-Type': 'application/x-www-form-urlencoded', 'User-Agent': 'Linecaster' };
  const headers = { 'Content-Type': 'application/json', 'User-Agent': 'Linecaster' };
  if (secret === undefined) return headers;
  return { ...headers, 'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

function describe({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

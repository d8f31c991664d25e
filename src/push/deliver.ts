import { createHmac } from 'node:crypto';
import { withoutUserInfo } from '../lib/url.ts';
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
    const url = new URL(withoutUserInfo(notice.target));
    return await post(notice, url, toHeaders(notice, secret), closing, redirectLimit);
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
  const error = `answered ${answer.status}`;
  const retryAfter = toSeconds(answer.headers.get('retry-after') ?? '');
  return retryAfter === undefined ? { ok: false, error } : { ok: false, error, retryAfter };
}

/** A number of seconds, or a date (RFC 9110 §10.2.3); undefined when it is neither. */
function toSeconds(retryAfter: string): number | undefined {
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter);
  const at = / GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(at) ? undefined : (at - Date.now()) / 1000;
}

function toHeaders({ kind, body, target }: PendingNotice, secret: string | undefined): Record<string, string> {
  const type = kind === 'websub' ? 'application/x-www-form-urlencoded' : 'application/json';
  const headers = { 'Content-Type': type, 'User-Agent': 'Linecaster', ...toCredentials(new URL(target)) };
  if (kind === 'websub' || secret === undefined) return headers;
  return { ...headers, 'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

/** A name and password in an address are for whoever answers there (RFC 7617); `fetch` takes no address with them. */
function toCredentials({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = [username, password].map(decodeURIComponent).join(':');
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function describe({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

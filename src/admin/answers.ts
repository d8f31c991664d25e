import type { Answer } from '../http/answer.ts';

/** What no page of another site, no cache and no search engine is to have. */
const privateHeaders: readonly string[] = [
  'X-Content-Type-Options',
  'nosniff',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'X-Robots-Tag',
  'noindex',
];

/** An answer below `/-/`: for whoever asked, and for nobody else. */
export function privateAnswer(
  status: number,
  body: string | Uint8Array,
  contentType: string,
  headers: readonly string[] = [],
): Answer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const length = ['Content-Length', String(bytes.byteLength), 'Content-Type', contentType];
  return { status, headers: ['Cache-Control', 'no-store', ...length, ...headers, ...privateHeaders], body: bytes };
}

/** The same in plain text. */
export function privateText(status: number, text: string, headers: readonly string[] = []): Answer {
  return privateAnswer(status, `${text}\n`, 'text/plain; charset=utf-8', headers);
}

/** To what may only be read. */
export const onlyGet: Answer = privateText(405, 'Expected GET', ['Allow', 'GET, HEAD']);

/** The same in JSON. */
export function privateJson(status: number, data: object): Answer {
  return privateAnswer(status, `${JSON.stringify(data, undefined, 2)}\n`, 'application/json');
}

/** One answer, its framing held to RFC 9112. */
export type Framed = {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
};

/** All answers of a connection, or what is wrong with their framing. */
export type Framing = { readonly answers: readonly Framed[]; readonly fault?: string };

const token = /^[\w!#$%&'*+.^`|~-]+$/;
const value = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/**
 * Takes a stream of answers apart, strictly. `methodOf` says what the nth request was. With `isClosed` the connection
 * has ended, so that an answer without a length may have.
 */
export function readFraming(stream: Buffer, methodOf: (n: number) => string, isClosed: boolean): Framing {
  const answers: Framed[] = [];
  let rest = stream;
  while (rest.length > 0) {
    const next = readOne(rest, methodOf(answers.length), isClosed);
    if (typeof next === 'string') return { answers, fault: next };
    rest = rest.subarray(next.bytes);
    // 100 Continue and its kind are no answers.
    if (next.answer.status >= 200) answers.push(next.answer);
  }
  return { answers };
}

function readOne(
  stream: Buffer,
  method: string,
  isClosed: boolean,
): { readonly answer: Framed; readonly bytes: number } | string {
  const end = stream.indexOf('\r\n\r\n');
  if (end === -1) return `half a head: ${show(stream)}`;
  const [start = '', ...lines] = stream.toString('latin1', 0, end).split('\r\n');
  const found = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(start);
  if (found === null) return `no status line: ${show(stream)}`;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const [name, text] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (!token.test(name) || !value.test(text)) return `no header: ${JSON.stringify(line)}`;
    if (headers.has(name)) return `a header twice: ${line}`;
    headers.set(name, text);
  }
  const status = Number(found[1]);
  const length = lengthOf(method, status, headers, isClosed ? stream.length - end - 4 : undefined);
  if (typeof length === 'string') return `${length}: ${show(stream)}, ${isClosed ? 'closed' : 'still open'}`;
  const bytes = end + 4 + length;
  if (stream.length < bytes) return `${stream.length - end - 4} of ${length} bytes of a body`;
  const answer = { status, header: (name: string) => headers.get(name), body: stream.subarray(end + 4, bytes) };
  return { answer, bytes };
}

/** Bytes of the body (RFC 9112 §6.3), or a fault. `left` is how many there are where the connection has ended. */
function lengthOf(
  method: string,
  status: number,
  headers: ReadonlyMap<string, string>,
  left: number | undefined,
): number | string {
  const written = headers.get('content-length');
  // What Node refuses before we see it has an empty body in chunks; of all that we send the length is known.
  if (headers.get('transfer-encoding') === 'chunked' && (status === 400 || status === 417)) return '0\r\n\r\n'.length;
  if (headers.has('transfer-encoding')) return `${status} in chunks`;
  if (written !== undefined && !/^\d+$/.test(written)) return `no length: ${written}`;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 0;
  if (written !== undefined) return Number(written);
  return headers.get('connection') === 'close' && left !== undefined ? left : 'an answer without a length';
}

function show(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1', 0, 300));
}

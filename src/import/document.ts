import { readFile } from 'node:fs/promises';

/** A document's text, and its address after all redirects; a file has none. */
export type SourceDocument = { readonly text: string; readonly url?: string };

/** Bytes of the largest document that is read. */
const largest = 50 * 1024 * 1024;
const patience = 60_000;

/** Reads a document from a URL or a file. Throws an Error that names it, what was expected and what was found. */
export async function readDocument(address: string): Promise<SourceDocument> {
  try {
    return isUrl(address) ? await fetchDocument(address) : { text: decodeDocument(await readBounded(address)) };
  } catch (error) {
    throw new Error(`import: ${address}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Whether an address is one of the web, and no file's. */
export function isUrl(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/** A document in the encoding of its byte order mark, its header, its XML declaration; else UTF-8, else Windows-1252. */
function decodeDocument(bytes: Uint8Array, contentType = ''): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  const [, charset] = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType) ?? [];
  for (const label of [markOf(bytes), charset, declared, 'utf-8']) {
    const text = label === undefined ? undefined : decodeAs(bytes, label);
    if (text !== undefined) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

async function readBounded(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  if (bytes.length > largest) throw new Error(tooLarge);
  return bytes;
}

const tooLarge = 'expected at most 50 MB, found more';

async function fetchDocument(address: string): Promise<SourceDocument> {
  const response = await fetch(address, {
    headers: {
      accept: 'application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5',
      'user-agent': 'Linecaster import',
    },
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`expected a document, found the status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largest) throw new Error(tooLarge);
    chunks.push(chunk);
  }
  const text = decodeDocument(Buffer.concat(chunks), response.headers.get('content-type') ?? '');
  return { text, url: response.url };
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** Undefined when there is no such encoding, or the bytes are not in it. */
function decodeAs(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `expected an answer within ${patience / 1000} seconds, found none`;
  // `fetch failed` says nothing; its cause does.
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return `expected an answer, found ${(cause as NodeJS.ErrnoException).code ?? cause.message}`;
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Value } from './database.ts';
import { readRecord, readVarint } from './raw-record.ts';

/** A row that some page of a database file holds, whether or not any way leads to the page. */
export type RawRow = {
  /** Of a table with row numbers, or of one that is ordered by its key (or of an index). */
  readonly kind: 'numbered' | 'keyed';
  readonly values: readonly Value[];
  /** The row's number, or 0. */
  readonly number: number;
};

/** The store's pages have SQLite's standard size. */
export const pageSize = 4096;

/** The first bytes of the pages that hold rows ("The SQLite Database File Format" §1.6). */
const pageKinds: ReadonlyMap<
  number,
  { readonly kind: RawRow['kind']; readonly headerSize: number; readonly skip: number }
> = new Map([
  [0x0d, { kind: 'numbered', headerSize: 8, skip: 0 }],
  [0x0a, { kind: 'keyed', headerSize: 8, skip: 0 }],
  [0x02, { kind: 'keyed', headerSize: 12, skip: 4 }],
]);

/** No text of a store is longer; what says so is damaged. */
const longest = 64 * 2 ** 20;

type File = { readonly page: (number: number) => Buffer; readonly pages: number };

/** Every row that can be made out on any page but those that are known to be free; what cannot is passed over. */
export function* readRawRows(path: string): Generator<RawRow, undefined> {
  const descriptor = openSync(path, 'r');
  try {
    const pages = Math.floor(fstatSync(descriptor).size / pageSize);
    const page = (number: number): Buffer => {
      if (!(number > 0 && number <= pages)) throw new RangeError('a page that is not there');
      const bytes = Buffer.alloc(pageSize);
      readSync(descriptor, bytes, 0, pageSize, (number - 1) * pageSize);
      return bytes;
    };
    const free = freePages({ page, pages });
    for (let number = 2; number <= pages; number += 1) {
      if (!free.has(number)) yield* rowsOf({ page, pages }, page(number));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** What lies on them is of before (§1.5). */
function freePages(file: File): ReadonlySet<number> {
  const free = new Set<number>();
  let trunk = file.pages === 0 ? 0 : file.page(1).readUInt32BE(32);
  while (trunk > 0 && trunk <= file.pages && !free.has(trunk)) {
    free.add(trunk);
    const bytes = file.page(trunk);
    const count = Math.min(bytes.readUInt32BE(4), pageSize / 4 - 2);
    for (let n = 0; n < count; n += 1) free.add(bytes.readUInt32BE(8 + 4 * n));
    trunk = bytes.readUInt32BE(0);
  }
  return free;
}

function* rowsOf(file: File, bytes: Buffer): Generator<RawRow, undefined> {
  const form = pageKinds.get(bytes[0]!);
  if (form === undefined) return;
  const cells = bytes.readUInt16BE(3);
  if (form.headerSize + 2 * cells > pageSize) return;
  for (let n = 0; n < cells; n += 1) {
    try {
      const at = bytes.readUInt16BE(form.headerSize + 2 * n) + form.skip;
      const { number, payload } = readPayload(file, bytes, at, form.kind);
      yield { kind: form.kind, number, values: readRecord(payload) };
    } catch {
      // Not a row, or no longer.
    }
  }
}

/** A cell's record, with what of it did not fit onto its page (§1.6). */
function readPayload(
  file: File,
  bytes: Buffer,
  at: number,
  kind: RawRow['kind'],
): { readonly number: number; readonly payload: Buffer } {
  const [size, afterSize] = readVarint(bytes, at);
  if (size > longest) throw new RangeError('a record longer than any');
  const [number, start] = kind === 'numbered' ? readVarint(bytes, afterSize) : [0, afterSize];
  const here = sizeHere(size, kind);
  if (start + here > pageSize) throw new RangeError('a record beyond its page');
  const parts = [bytes.subarray(start, start + here)];
  let left = size - here;
  let next = left > 0 ? bytes.readUInt32BE(start + here) : 0;
  while (left > 0) {
    const overflow = file.page(next);
    parts.push(overflow.subarray(4, 4 + Math.min(left, pageSize - 4)));
    left -= pageSize - 4;
    next = overflow.readUInt32BE(0);
  }
  return { number, payload: Buffer.concat(parts) };
}

function sizeHere(size: number, kind: RawRow['kind']): number {
  const most = kind === 'numbered' ? pageSize - 35 : Math.floor(((pageSize - 12) * 64) / 255) - 23;
  if (size <= most) return size;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const rest = least + ((size - least) % (pageSize - 4));
  return rest <= most ? rest : least;
}

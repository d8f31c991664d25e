import type { Value } from './database.ts';

/** A number of variable length and the offset behind it ("The SQLite Database File Format" §1.6). */
export function readVarint(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let n = 0; n < 8; n += 1) {
    const byte = bytes[at + n];
    if (byte === undefined) throw new RangeError('a number that is cut short');
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + n + 1];
  }
  throw new RangeError('a number that no store has');
}

const text = new TextDecoder('utf-8', { fatal: true });

/** The values of a record (§2.1). Throws when it is none, or holds what no store has. */
export function readRecord(record: Buffer): readonly Value[] {
  const [headerSize, start] = readVarint(record, 0);
  const types: number[] = [];
  let at = start;
  while (at < headerSize) {
    const [type, end] = readVarint(record, at);
    types.push(type);
    at = end;
  }
  if (at !== headerSize || types.length === 0) throw new RangeError('a header that does not end where it says');
  const values = types.map((type) => {
    const size = sizeOf(type);
    const value = readValue(record.subarray(at, at + size), type);
    at += size;
    return value;
  });
  if (at !== record.length) throw new RangeError('a record that does not end where it says');
  return values;
}

const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function sizeOf(type: number): number {
  return type < 10 ? sizes[type]! : (type - 13) / 2;
}

function readValue(bytes: Buffer, type: number): Value {
  if (bytes.length !== sizeOf(type)) throw new RangeError('a value that is cut short');
  if (type >= 13 && type % 2 === 1) return text.decode(bytes);
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE();
  if (type === 6) return Number(bytes.readBigInt64BE());
  if (type <= 5) return bytes.readIntBE(0, bytes.length);
  if (type <= 9) return type - 8;
  throw new RangeError('a value of a kind that no store has');
}

import { readSync } from 'node:fs';

const blockBytes = 64 * 1024;

/**
 * Reads texts in UTF-8 out of a file that nothing is taken from: a few blocks at a time, since most texts are looked at
 * in the order in which they lie there, or in reverse.
 */
export class BlockReader {
  readonly #descriptor: number;
  readonly #bytes = Buffer.allocUnsafe(2 * blockBytes);
  #start = 0;
  #length = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** The text between two offsets in bytes. Throws where the file ends before. */
  read(start: number, end: number): string {
    if (end - start > blockBytes) return this.#readInto(Buffer.allocUnsafe(end - start), start, end).toString();
    if (start < this.#start || end > this.#start + this.#length) {
      this.#start = start - (start % blockBytes);
      this.#length = this.#readInto(this.#bytes, this.#start, end).length;
    }
    return this.#bytes.toString('utf8', start - this.#start, end - this.#start);
  }

  /** What there is of the file from `start` on and fits, at least until `end`. */
  #readInto(bytes: Buffer, start: number, end: number): Buffer {
    const length = readSync(this.#descriptor, bytes, 0, bytes.length, start);
    if (start + length < end) throw new Error('source: expected a text that was laid aside, found less of it');
    return bytes.subarray(0, length);
  }
}

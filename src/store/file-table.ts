import { type FolderFile, isUnchanged, type Stat } from '../source/folder.ts';
import type { FileRecord } from './records.ts';

/** What few files have. */
type Rare = Pick<FileRecord, 'problems' | 'diskPath' | 'missingSince'>;

/** Numbers of a file, side by side: size, mtime, ctime, inode, when it was seen. */
const width = 5;

const nothing: Rare = { problems: [] };

/** What is known of each file, in columns: there may be a hundred thousand, and most look alike. */
export class FileTable {
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  readonly #phrases: string[] = [];
  readonly #phraseNumbers = new Map<string, number>();
  readonly #roles: number[] = [];
  readonly #hows: number[] = [];
  readonly #hashes: string[] = [];
  readonly #paths: string[] = [];
  readonly #rare = new Map<number, Rare>();
  #numbers = new Float64Array(1024 * width);

  constructor(records: Iterable<FileRecord>) {
    for (const record of records) this.set(record);
  }

  get size(): number {
    return this.#slots.size;
  }

  has(path: string): boolean {
    return this.#slots.has(path);
  }

  get(path: string): FileRecord | undefined {
    const slot = this.#slots.get(path);
    return slot === undefined ? undefined : this.#record(path, slot);
  }

  /** Whether a file is as it was when it was last read, in this manner, and had been at rest. */
  isKnown({ path, role, stat }: FolderFile, manner: string): boolean {
    const slot = this.#slots.get(path);
    if (slot === undefined || this.#phrases[this.#roles[slot]!] !== role) return false;
    return this.#hashes[slot]!.startsWith(manner) && isUnchanged(stat, this.#statOf(slot));
  }

  /** A path as it is kept here: one string for all who keep it too. */
  pathOf(path: string): string {
    const slot = this.#slots.get(path);
    return slot === undefined ? path : this.#paths[slot]!;
  }

  /** The size that was last seen; undefined for an unknown file. */
  sizeOf(path: string): number | undefined {
    const slot = this.#slots.get(path);
    return slot === undefined ? undefined : this.#numbers[slot * width];
  }

  set(record: FileRecord): void {
    const { path, role, how, hash, size, mtimeMs, ctimeMs, ino, seenAt, ...rare } = record;
    const slot = this.#slots.get(path) ?? this.#free.pop() ?? this.#slots.size;
    this.#slots.set(path, slot);
    this.#roles[slot] = this.#numberOf(role);
    this.#hows[slot] = this.#numberOf(how);
    this.#hashes[slot] = hash;
    this.#paths[slot] = path;
    this.#makeRoom(slot);
    this.#numbers.set([size, mtimeMs, ctimeMs, ino, seenAt], slot * width);
    if (rare.problems.length === 0 && Object.keys(rare).length === 1) this.#rare.delete(slot);
    else this.#rare.set(slot, rare);
  }

  delete(path: string): void {
    const slot = this.#slots.get(path);
    if (slot === undefined) return;
    this.#slots.delete(path);
    this.#rare.delete(slot);
    this.#free.push(slot);
  }

  keys(): IteratorObject<string, undefined> {
    return this.#slots.keys();
  }

  *values(): Generator<FileRecord, undefined> {
    for (const [path, slot] of this.#slots) yield this.#record(path, slot);
  }

  /** Those that have a problem, are spelt in another way on the disk, or are missing. */
  *odd(): Generator<FileRecord, undefined> {
    for (const [path, slot] of this.#rare.size === 0 ? [] : this.#slots) {
      if (this.#rare.has(slot)) yield this.#record(path, slot);
    }
  }

  #record(path: string, slot: number): FileRecord {
    return {
      path,
      role: this.#phrases[this.#roles[slot]!] as FileRecord['role'],
      ...this.#statOf(slot),
      hash: this.#hashes[slot]!,
      how: this.#phrases[this.#hows[slot]!]!,
      ...(this.#rare.get(slot) ?? nothing),
    };
  }

  #statOf(slot: number): Stat & Pick<FileRecord, 'seenAt'> {
    const at = slot * width;
    const numbers = this.#numbers;
    return {
      size: numbers[at]!,
      mtimeMs: numbers[at + 1]!,
      ctimeMs: numbers[at + 2]!,
      ino: numbers[at + 3]!,
      seenAt: numbers[at + 4]!,
    };
  }

  /** Role and manner of reading are of a few kinds. */
  #numberOf(phrase: string): number {
    return this.#phraseNumbers.getOrInsertComputed(phrase, () => this.#phrases.push(phrase) - 1);
  }

  #makeRoom(slot: number): void {
    if ((slot + 1) * width <= this.#numbers.length) return;
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

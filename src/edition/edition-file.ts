import { type FileHandle, readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { replaceFile, sweepBegun } from '../lib/replace-file.ts';
import type { EditionChange } from './edition.ts';
import type { Resource } from './resource.ts';

/** Bumped when the shape of the file changes; one of another version is not read. */
const fileVersion = 7;

/** What an edition was made from: the store, its generation, and the configuration. */
export type Origin = {
  readonly epoch: string;
  readonly generation: number;
  readonly write: string | undefined;
  readonly configuration: string;
};

/** Before each record: its length and its checksum. */
const headBytes = 8;

export type KeptEdition = { readonly change: EditionChange; readonly origin: Origin };

type Start = {
  readonly fileVersion: number;
  readonly edition: Omit<EditionChange, 'put'>;
  readonly origin: Origin;
  readonly resources: number;
};

/**
 * Keeps the edition in one local file, whole or not at all: it is what is served when the store cannot be opened.
 * Records follow each other, each with its length and checksum before it: one buffer for all of them would hold up every
 * thread.
 */
export async function saveEdition(path: string, { change, origin }: KeptEdition): Promise<void> {
  const { put, ...edition } = change;
  await replaceFile(path, async (file) => {
    await writeRecord(file, { fileVersion, edition, origin, resources: put.length });
    for (const resource of put) await writeRecord(file, resource);
    await file.sync();
  });
}

async function writeRecord(file: FileHandle, record: Start | Resource): Promise<void> {
  const bytes = serialize(record);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(bytes.length);
  head.writeUInt32LE(crc32(bytes), 4);
  // Both are written to their end, or fail; a write of both at once may end in between when the disk is full.
  await file.writeFile(head);
  await file.writeFile(bytes);
}

/** The edition kept last; undefined when there is none that can be read as it was written. */
export async function loadEdition(path: string): Promise<KeptEdition | undefined> {
  await sweepBegun(path);
  try {
    const records = readRecords(await readFile(path));
    const start = records.next().value as Start;
    if (start.fileVersion !== fileVersion) return undefined;
    const put = [...records] as Resource[];
    return put.length === start.resources ? { change: { ...start.edition, put }, origin: start.origin } : undefined;
  } catch {
    return undefined;
  }
}

function* readRecords(bytes: Buffer): Generator<unknown, undefined> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + headBytes + bytes.readUInt32LE(at);
    const record = bytes.subarray(at + headBytes, end);
    if (end > bytes.length || crc32(record) !== bytes.readUInt32LE(at + 4))
      throw new Error('edition: the file is damaged');
    yield deserialize(record);
    at = end;
  }
}

import { type FileHandle, readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { replaceFile, sweepBegun } from '../lib/replace-file.ts';
import type { EditionChange } from './edition.ts';
import type { Resource } from './resource.ts';

/** Bumped when the shape of the file changes; one of another version is not read. */
const fileVersion = 6;

/** What an edition was made from: the store, its generation, and the configuration. */
export type Origin = { readonly epoch: string; readonly generation: number; readonly configuration: string };

export type KeptEdition = { readonly change: EditionChange; readonly origin: Origin };

type Start = {
  readonly fileVersion: number;
  readonly edition: Omit<EditionChange, 'put'>;
  readonly origin: Origin;
  readonly resources: number;
};

/**
 * Keeps the edition in one local file, whole or not at all: it is what is served when the store cannot be opened.
 * Records follow each other, each with its length before it: one buffer for all of them would hold up every thread.
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
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  // Both are written to their end, or fail; a write of both at once may end in between when the disk is full.
  await file.writeFile(length);
  await file.writeFile(bytes);
}

/** The edition kept last; undefined when there is none that can be read. */
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
    const end = at + 4 + bytes.readUInt32LE(at);
    yield deserialize(bytes.subarray(at + 4, end));
    at = end;
  }
}

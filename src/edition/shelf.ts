import { hash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { replaceFile } from '../lib/replace-file.ts';
import type { PlainResource } from './resource.ts';

/** Documents made on demand as they were last made, for the day on which the store cannot be read. */
export type Shelf = {
  /**
   * Puts it in the place of the one before, soon: what is given is not looked at later. One that cannot be kept is not:
   * it only would have helped later.
   */
  readonly keep: (resource: PlainResource) => void;
  readonly find: (path: string) => Promise<PlainResource | undefined>;
};

/** How many documents there is room for; those that nobody asked for go first. */
const mostKept = 2000;

const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };

/** Opens the shelf in a folder, which is made when it is needed. */
export function openShelf(dir: string): Shelf {
  const tags = new Map<string, string>();
  let sincePruned = 0;
  let line = Promise.resolve();
  const fileOf = (path: string): string => join(dir, hash('sha256', path).slice(0, 32));
  const write = async (path: string, packed: Uint8Array): Promise<void> => {
    await replaceFile(fileOf(path), (file) => file.writeFile(packed));
    sincePruned += 1;
    if (sincePruned < mostKept / 10) return;
    sincePruned = 0;
    for (const file of await prune(dir)) await rm(join(dir, file), { force: true });
  };
  return {
    keep: (resource) => {
      const { path, etag } = resource;
      if (tags.get(path) === etag) return;
      tags.set(path, etag);
      const packed = zstdCompressSync(serialize(resource), { params });
      line = line.then(() => write(path, packed)).catch(() => void tags.delete(path));
    },
    find: (path) => readDocument(fileOf(path)).catch(() => undefined),
  };
}

/** Rejects when it is not there, or not as it was written: there is a checksum. */
async function readDocument(file: string): Promise<PlainResource> {
  const { identity, ...head } = deserialize(zstdDecompressSync(await readFile(file))) as PlainResource;
  return { ...head, identity: new Uint8Array(identity) };
}

/** The files that there is no room for. */
async function prune(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  if (files.length <= mostKept) return [];
  const times = await Promise.all(files.map(async (file) => [file, (await stat(join(dir, file))).mtimeMs] as const));
  return times
    .toSorted(([, a], [, b]) => b - a)
    .slice(mostKept)
    .map(([file]) => file);
}

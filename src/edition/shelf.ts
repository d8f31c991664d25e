import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { replaceFile } from '../lib/replace-file.ts';
import { type Resource, type ResourceHead, toHead, toResource } from './resource.ts';

/** Documents made on demand as they were last made, for the day on which the store cannot be read. */
export type Shelf = {
  /** Puts it in the place of the one before. One that cannot be kept is not: it only would have helped later. */
  readonly keep: (resource: Resource) => Promise<void>;
  readonly find: (path: string) => Promise<Resource | undefined>;
};

/** How many documents there is room for; those that nobody asked for go first. */
const mostKept = 2000;

/** Opens the shelf in a folder, which is made when it is needed. */
export function openShelf(dir: string): Shelf {
  const tags = new Map<string, string>();
  let sincePruned = 0;
  const fileOf = (path: string): string => join(dir, createHash('sha256').update(path).digest('hex').slice(0, 32));
  const keep = async (resource: Resource): Promise<void> => {
    const { path, etag } = resource;
    if (tags.get(path) === etag) return;
    await replaceFile(fileOf(path), (file) =>
      file.writeFile(serialize({ head: toHead(resource), gzip: resource.gzip })),
    );
    tags.set(path, etag);
    sincePruned += 1;
    if (sincePruned < mostKept / 10) return;
    sincePruned = 0;
    for (const file of await prune(dir)) await rm(join(dir, file), { force: true });
  };
  return {
    keep: (resource) => keep(resource).catch(() => undefined),
    find: (path) => readDocument(fileOf(path)).catch(() => undefined),
  };
}

/** Rejects when it is not there, or not as it was written: of the text, gzip keeps a checksum. */
async function readDocument(file: string): Promise<Resource> {
  const { head, gzip } = deserialize(await readFile(file)) as {
    readonly head: ResourceHead;
    readonly gzip: Uint8Array;
  };
  return toResource(head, gunzipSync(gzip).toString());
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

import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { EditionChange } from './edition.ts';

/** Bumped when the shape of a resource changes; a file of another version is not read. */
const fileVersion = 2;

/** Keeps the edition in one local file, whole or not at all: it is what is served when the store cannot be opened. */
export async function saveEdition(path: string, edition: EditionChange): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  const file = await open(fresh, 'w');
  try {
    await file.writeFile(serialize({ fileVersion, edition }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** The edition kept last; undefined when there is none that can be read. */
export async function loadEdition(path: string): Promise<EditionChange | undefined> {
  try {
    const kept = deserialize(await readFile(path)) as { fileVersion: number; edition: EditionChange };
    return kept.fileVersion === fileVersion ? kept.edition : undefined;
  } catch {
    return undefined;
  }
}

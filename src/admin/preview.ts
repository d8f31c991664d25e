import type { Site } from '../feeds/site.ts';
import { readStable } from '../source/folder.ts';
import { readSourceFile } from '../source/read-file.ts';
import { isSource, roleOf } from '../source/roles.ts';
import { type FileParts, toParts } from '../store/reading.ts';
import { findOnDisk } from './on-disk.ts';

/** A source file as the next refresh would read it. */
export type FilePreview = FileParts & { readonly path: string };

/** Reads a file of the data folder, by the way that every file goes. Undefined when no source file is there. */
export async function previewFile(dir: string, path: string, site: Site): Promise<FilePreview | undefined> {
  if (!isSource(roleOf(path))) return undefined;
  const diskPath = await findOnDisk(dir, path);
  if (diskPath === undefined) return undefined;
  const read = await readStable(dir, { path, diskPath });
  if ('reason' in read) return unreadable(path, read.reason);
  const reading = readSourceFile(path, read.bytes, site.publication, site.authors);
  return { path, ...toParts(reading, site.publication) };
}

function unreadable(path: string, message: string): FilePreview {
  return { path, how: 'unreadable', problems: [{ severity: 'error', file: path, message }], headlines: [] };
}

import { stat } from 'node:fs/promises';
import type { EditionChange } from '../edition/edition.ts';
import { insideContent } from '../lib/inside-file.ts';
import type { ExportFolder } from './export-folder.ts';
import { isFileName } from './file-name.ts';

/** Copies the files of the data folder that published entries refer to, with their times. */
export async function exportMedia(folder: ExportFolder, dataDir: string, media: EditionChange['media']): Promise<void> {
  for (const [path, diskPath] of media) {
    const source = diskPath === undefined ? undefined : await insideContent(dataDir, diskPath);
    if (source === undefined || !isFileName(path)) continue;
    const { size, mtimeMs } = await stat(source);
    folder.copy(`media/${path}`, source, { size, version: Math.floor(mtimeMs / 1000) });
  }
}

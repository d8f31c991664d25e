import { decode } from './decode.ts';
import { type FolderFile, readStable } from './folder.ts';

/** The line, from 1, where something first stands in a file as it is now; undefined where it does not. */
export async function findLine(
  dir: string,
  file: Pick<FolderFile, 'path' | 'diskPath'>,
  searched: string,
): Promise<number | undefined> {
  const read = await readStable(dir, file);
  const decoded = 'reason' in read ? read : decode(read.bytes);
  if ('reason' in decoded) return undefined;
  const at = decoded.text.indexOf(searched);
  return at === -1 ? undefined : decoded.text.slice(0, at).split('\n').length;
}

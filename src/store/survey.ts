import type { Publication } from '../publication.ts';
import { type FolderFile, isUnchanged } from '../source/folder.ts';
import type { Ledger } from './ledger.ts';
import { readAll } from './readers.ts';
import { type ReadingTask, toRecord } from './reading.ts';
import type { SourceUpdate } from './reconcile.ts';
import type { FileRecord } from './records.ts';

/** Grows when files are read differently, so that they are read again. */
const readerVersion = 1;

/** A missing file counts as gone when it is still missing after this long: editors save by deleting and renaming. */
const goneMilliseconds = 2000;

/** What has changed in the data folder since the last look. */
export type Survey = {
  readonly updates: readonly SourceUpdate[];
  readonly gone: readonly string[];
  /** Whether a file came, went or changed its size. */
  readonly isFileSetChanged: boolean;
  /** Known source files that are not there, whether they count as gone yet or not. */
  readonly missing: ReadonlySet<string>;
  /** Milliseconds since 1970 when the folder has to be looked at again, whatever the schedule says. */
  readonly lookAgainAt?: number;
  /** Lets go of the texts that were read. */
  readonly close: () => void;
};

/** Reads what is new or changed, and notes every file in the ledger. */
export async function survey(
  ledger: Ledger,
  dir: string,
  files: readonly FolderFile[],
  publication: Publication,
  now: number,
  onProgress: (done: number, all: number) => void,
): Promise<Survey> {
  const before = new Map(ledger.files);
  const { gone, missing } = findMissing(ledger, files, now);
  const manner = `${readerVersion} ${publication.timezone} ${publication.language ?? ''} `;
  const looked = files.filter((file) => isSource(file) && needsLook(ledger, file, manner));
  const grace = publication.grace * 1000;
  const isHeld = ({ path, stat }: FolderFile): boolean => grace > 0 && !before.has(path) && now - stat.mtimeMs < grace;
  const sources = looked.filter((file) => !isHeld(file));
  for (const file of files) if (!isSource(file)) noteUnread(ledger, file, now);
  const tasks = sources.map((file) => toTask(file, before.get(file.path)));
  const { readings, close } = await readAll({ dir, publication, manner, now }, tasks, onProgress);
  for (const { record } of readings) ledger.putFile(record);
  const lookAgain = looked.filter(isHeld).map(({ stat }) => stat.mtimeMs + grace);
  if (missing.size > gone.length) lookAgain.push(now + goneMilliseconds);
  return {
    updates: readings.map(({ update }) => update).filter((update) => update !== undefined),
    gone,
    isFileSetChanged: gone.length > 0 || files.some(({ path, stat }) => before.get(path)?.size !== stat.size),
    missing,
    close,
    ...(lookAgain.length === 0 ? {} : { lookAgainAt: Math.min(...lookAgain) }),
  };
}

function toTask(file: FolderFile, known: FileRecord | undefined): ReadingTask {
  const isNew = known === undefined || known.missingSince !== undefined;
  return known === undefined ? { file, isNew } : { file, isNew, known };
}

function isSource(file: { readonly role: FileRecord['role'] }): boolean {
  return file.role !== 'media' && file.role !== 'publication';
}

function needsLook(ledger: Ledger, file: FolderFile, manner: string): boolean {
  const known = ledger.files.get(file.path);
  return (
    known === undefined || known.role !== file.role || !known.hash.startsWith(manner) || !isUnchanged(file.stat, known)
  );
}

function noteUnread(ledger: Ledger, file: FolderFile, now: number): void {
  const known = ledger.files.get(file.path);
  if (known?.size === file.stat.size && known.mtimeMs === file.stat.mtimeMs && known.diskPath === file.diskPath) return;
  ledger.putFile({ ...toRecord(file, file.stat, now), hash: '', how: file.role, problems: [] });
}

function findMissing(
  ledger: Ledger,
  files: readonly FolderFile[],
  now: number,
): { readonly gone: readonly string[]; readonly missing: ReadonlySet<string> } {
  const present = new Set(files.map(({ path }) => path));
  const gone: string[] = [];
  const missing = new Set<string>();
  for (const file of [...ledger.files.values()]) {
    if (present.has(file.path)) {
      const { missingSince, ...found } = file;
      if (missingSince !== undefined) ledger.putFile(found);
      continue;
    }
    if (!isSource(file)) {
      ledger.dropFile(file.path);
      continue;
    }
    missing.add(file.path);
    if (file.missingSince === undefined) ledger.putFile({ ...file, missingSince: now });
    else if (now - file.missingSince >= goneMilliseconds) gone.push(file.path);
  }
  return { gone, missing };
}

import { hash } from 'node:crypto';
import type { Problem } from '../lib/problem.ts';
import type { Publication } from '../publication.ts';
import type { AuthorKeys } from '../source/author-keys.ts';
import { byPath, type FolderFile } from '../source/folder.ts';
import { isSource } from '../source/roles.ts';
import type { Ledger } from './ledger.ts';
import { readAll } from './readers.ts';
import { type ReadingTask, toRecord } from './reading.ts';
import type { SourceUpdate } from './reconcile.ts';
import type { FileRecord } from './records.ts';

/** Grows when files are read differently, so that they are read again. */
const readerVersion = 4;

/** A missing file counts as gone when it is still missing after this long: editors save by deleting and renaming. */
export const goneMilliseconds = 2000;

/** What has changed in the data folder since the last look. */
export type Survey = {
  /** In natural path order. */
  readonly updates: readonly SourceUpdate[];
  readonly gone: readonly string[];
  /** Files that came, went or changed their size. */
  readonly changedFiles: readonly string[];
  /** Known source files that are not there, whether they count as gone yet or not. */
  readonly missing: ReadonlySet<string>;
  /** Files that are there again and had been missing for so long that they would have counted as gone. */
  readonly returned: ReadonlySet<string>;
  /** Milliseconds since 1970 when the folder has to be looked at again, whatever the schedule says. */
  readonly lookAgainAt?: number;
  /** Lets go of the texts that were read. */
  readonly close: () => Promise<void>;
};

/**
 * Files of the data folder, in any order: all of them, or those at some paths. What lies at or below the path of a
 * problem could not be seen.
 */
export type Seen = {
  readonly files: readonly FolderFile[];
  readonly paths?: ReadonlySet<string>;
  readonly problems: readonly Pick<Problem, 'file'>[];
};

/** Reads what is new or changed, and notes every file in the ledger. */
export async function survey(
  ledger: Ledger,
  dir: string,
  seen: Seen,
  { publication, authors }: { readonly publication: Publication; readonly authors: readonly AuthorKeys[] },
  now: number,
  onProgress: (done: number, all: number) => void,
): Promise<Survey> {
  const { files } = seen;
  // Not when a file of them was missed: it may be away for the moment in which it is saved.
  const said = JSON.stringify(authors.map(({ folder, people }) => [folder, people]));
  const names = authors.length === 0 ? '' : `+${hash('sha1', said, 'base64url').slice(0, 8)}`;
  const manner = `${readerVersion}${names} ${publication.timezone} ${publication.language ?? ''} `;
  const looked = files.filter((file) => isSource(file.role) && !ledger.files.isKnown(file, manner)).sort(byPath);
  const grace = publication.grace * 1000;
  const isHeld = ({ path, stat }: FolderFile): boolean =>
    // A time that is further ahead is another clock's.
    grace > 0 && !ledger.files.has(path) && Math.abs(now - stat.mtimeMs) < grace;
  const held = looked.filter(isHeld);
  const tasks = looked.filter((file) => !isHeld(file)).map((file) => toTask(file, ledger.files.get(file.path)));
  const resized = files.filter(({ path, stat }) => ledger.files.sizeOf(path) !== stat.size);
  const { gone, missing, returned, dropped } = findMissing(ledger, seen, now);
  for (const file of files) if (!isSource(file.role)) noteUnread(ledger, file, now);
  const { readings, close } = await readAll({ dir, publication, authors, manner, now }, tasks, onProgress);
  for (const { record } of readings) ledger.putFile(record);
  const lookAgain = held.map(({ stat }) => stat.mtimeMs + grace);
  if (missing.size > gone.length) lookAgain.push(now + goneMilliseconds);
  return {
    updates: readings.map(({ update }) => update).filter((update) => update !== undefined),
    gone,
    changedFiles: [...gone, ...dropped, ...resized.map(({ path }) => path)],
    missing,
    returned,
    close,
    ...(lookAgain.length === 0 ? {} : { lookAgainAt: Math.min(...lookAgain) }),
  };
}

function toTask(file: FolderFile, known: FileRecord | undefined): ReadingTask {
  const isNew = known === undefined || known.missingSince !== undefined;
  return known === undefined ? { file, isNew } : { file, isNew, known };
}

function noteUnread(ledger: Ledger, file: FolderFile, now: number): void {
  const known = ledger.files.get(file.path);
  if (known?.size === file.stat.size && known.mtimeMs === file.stat.mtimeMs && known.diskPath === file.diskPath) return;
  ledger.putFile({ ...toRecord(file, file.stat, now), hash: '', how: file.role, problems: [] });
}

function findMissing(
  ledger: Ledger,
  { files, paths, problems }: Seen,
  now: number,
): Pick<Survey, 'gone' | 'missing' | 'returned'> & { readonly dropped: readonly string[] } {
  const present = new Set(files.map(({ path }) => path));
  const missed = [...ledger.files.odd()].filter(({ missingSince }) => missingSince !== undefined);
  const back = missed.filter(({ path }) => present.has(path));
  const candidates = new Set([...(paths ?? unseenFiles(ledger, present)), ...missed.map(({ path }) => path)]);
  const unseen = new Set(problems.map(({ file }) => file));
  const away = Array.from(candidates, (path) => ledger.files.get(path))
    .filter((file) => file !== undefined)
    .filter(({ path }) => !present.has(path) && !isWithin(path, unseen));
  for (const { missingSince: _, ...file } of back) ledger.putFile(file);
  const sources = away.filter(({ role }) => isSource(role));
  for (const file of sources) {
    // After the clock was put back, what was missed begins to be missed now.
    const isNew = file.missingSince === undefined || file.missingSince > now;
    if (isNew) ledger.putFile({ ...file, missingSince: now });
  }
  const dropped = away.filter(({ role }) => !isSource(role)).map(({ path }) => path);
  for (const path of dropped) ledger.dropFile(path);
  const isGone = ({ missingSince = now }: FileRecord): boolean => now - missingSince >= goneMilliseconds;
  return {
    gone: sources.filter(isGone).map(({ path }) => path),
    missing: new Set(sources.map(({ path }) => path)),
    returned: new Set(back.filter(isGone).map(({ path }) => path)),
    dropped,
  };
}

function unseenFiles({ files }: Ledger, present: ReadonlySet<string>): Iterable<string> {
  return files.keys().filter((path) => !present.has(path));
}

/** Whether it is one of the paths, or lies below one. */
function isWithin(path: string, paths: ReadonlySet<string>): boolean {
  if (paths.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (paths.has(path.slice(0, end))) return true;
  }
  return false;
}

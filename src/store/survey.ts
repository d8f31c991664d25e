import { toContent } from '../content/to-content.ts';
import type { Problem } from '../lib/problem.ts';
import type { Publication } from '../publication.ts';
import { type FolderFile, isUnchanged, readStable } from '../source/folder.ts';
import { type FileReading, readSourceFile } from '../source/read-file.ts';
import type { Ledger } from './ledger.ts';
import type { SourceUpdate } from './reconcile.ts';
import type { FileRecord } from './records.ts';

/** Grows when files are read differently, so that they are read again. */
const readerVersion = 1;

/** A missing file counts as gone when it is still missing after this long: editors save by deleting and renaming. */
const goneMilliseconds = 2000;

/** How many files are read at once. */
const readers = 16;

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
  let done = 0;
  const look = { dir, publication, manner, now };
  const updates = await inParallel(sources, async (file) => {
    const update = await readUpdate(ledger, look, file, wasAway(before.get(file.path)));
    done += 1;
    onProgress(done, sources.length);
    return update;
  });
  const lookAgain = looked.filter(isHeld).map(({ stat }) => stat.mtimeMs + grace);
  if (missing.size > gone.length) lookAgain.push(now + goneMilliseconds);
  return {
    updates: updates.filter((update) => update !== undefined),
    gone,
    isFileSetChanged: gone.length > 0 || files.some(({ path, stat }) => before.get(path)?.size !== stat.size),
    missing,
    ...(lookAgain.length === 0 ? {} : { lookAgainAt: Math.min(...lookAgain) }),
  };
}

/** Whether the file was not there at the last look. */
function wasAway(known: FileRecord | undefined): boolean {
  return known === undefined || known.missingSince !== undefined;
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
  ledger.putFile({ ...record(file, file.stat, now), hash: '', how: file.role, problems: [] });
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

type ReadUpdate = { readonly update: SourceUpdate; readonly problems: readonly Problem[] };

/** What one look goes by. */
type Look = {
  readonly dir: string;
  readonly publication: Publication;
  readonly manner: string;
  readonly now: number;
};

async function readUpdate(
  ledger: Ledger,
  { dir, publication, manner, now }: Look,
  file: FolderFile,
  isNew: boolean,
): Promise<SourceUpdate | undefined> {
  const read = await readStable(dir, file);
  const known = ledger.files.get(file.path);
  if ('reason' in read) {
    const problem: Problem = { severity: 'error', file: file.path, message: read.reason };
    ledger.putFile({ ...record(file, file.stat, now), how: 'unreadable', problems: [problem], hash: '' });
    return undefined;
  }
  const hash = manner + read.hash;
  if (known?.hash === hash && known.role === file.role) {
    ledger.putFile({ ...record(file, read.stat, now), how: known.how, problems: known.problems, hash });
    return undefined;
  }
  const reading = readSourceFile(file.path, read.bytes, publication);
  const { update, problems } = toUpdate(file.path, reading, publication, isNew);
  const kept = { how: reading.how, problems, hash: update.isFaulty ? '' : hash };
  ledger.putFile({ ...record(file, read.stat, now), ...kept });
  const isNothing = update.article === undefined && update.headlines.length === 0;
  return update.isFaulty && isNothing ? undefined : update;
}

function record(
  file: FolderFile,
  stat: FolderFile['stat'],
  now: number,
): Omit<FileRecord, 'how' | 'problems' | 'hash'> {
  const { size, mtimeMs, ctimeMs, ino } = stat;
  const { path, role, diskPath } = file;
  return { path, role, size, mtimeMs, ctimeMs, ino, seenAt: now, ...(diskPath === undefined ? {} : { diskPath }) };
}

function toUpdate(file: string, reading: FileReading, publication: Publication, isNew: boolean): ReadUpdate {
  const draft = reading.drafts.find((one) => one.kind === 'article');
  const headlines = reading.drafts.filter((one) => one.kind === 'headline');
  const content = draft && toContent(draft, draft.language ?? publication.language);
  const problems = [...reading.problems, ...(content?.problems ?? [])];
  const update = { file, isNew, isFaulty: hasError(problems), headlines };
  if (draft === undefined || content === undefined || hasError(content.problems)) return { update, problems };
  return { update: { ...update, article: { draft, content } }, problems };
}

/** Whether something in the file is not published because of what is wrong with it. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: readers }, lane));
  return results;
}

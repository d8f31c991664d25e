import type { Content } from '../content/content.ts';
import { markedReferences } from '../content/marks.ts';
import { toContent } from '../content/to-content.ts';
import { hasError, type Problem } from '../lib/problem.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import type { Publication } from '../publication.ts';
import type { FileReading } from '../source/article-file.ts';
import type { AuthorKeys } from '../source/author-keys.ts';
import type { ArticleDraft, HeadlineDraft } from '../source/draft.ts';
import { type FolderFile, readStable } from '../source/folder.ts';
import { readSourceFile } from '../source/read-file.ts';
import type { SourceUpdate } from './reconcile.ts';
import type { FileRecord } from './records.ts';

/** What one look goes by. */
export type Look = {
  readonly dir: string;
  readonly publication: Publication;
  readonly authors: readonly AuthorKeys[];
  /** In what manner files are read now; a file read in another one is read again. */
  readonly manner: string;
  readonly now: number;
};

/** A file to be read, with what is known of it, and whether it was away at the last look. */
export type ReadingTask = {
  readonly file: FolderFile;
  readonly isNew: boolean;
  readonly known?: Pick<FileRecord, 'hash' | 'role' | 'how' | 'problems'>;
};

/** What there is to note of a file, and what it says if that is new. */
export type Reading = { readonly record: FileRecord; readonly update?: SourceUpdate };

/** Reads one file of the data folder. */
export async function readTask({ dir, publication, authors, manner, now }: Look, task: ReadingTask): Promise<Reading> {
  const { file, known, isNew } = task;
  const read = await readStable(dir, file);
  if ('reason' in read) {
    const problem: Problem = { severity: 'error', file: file.path, message: read.reason };
    return { record: { ...toRecord(file, file.stat, now), how: 'unreadable', problems: [problem], hash: '' } };
  }
  const hash = manner + read.hash;
  if (known?.hash === hash && known.role === file.role) {
    return { record: { ...toRecord(file, read.stat, now), how: known.how, problems: known.problems, hash } };
  }
  const reading = readSourceFile(file.path, read.bytes, publication, authors);
  // What comes of the same bytes read in another manner is no edit that readers should hear of.
  const isReread = known?.hash.endsWith(` ${read.hash}`) === true;
  const { update, problems } = toUpdate(file.path, reading, publication, { isNew, isReread });
  const kept = { how: reading.how, problems, hash: update.isFaulty ? '' : hash };
  const record = { ...toRecord(file, read.stat, now), ...kept };
  const isNothing = update.article === undefined && update.headlines.length === 0;
  return update.isFaulty && isNothing ? { record } : { record, update };
}

/** What is noted of any file that was looked at. */
export function toRecord(
  { path, role, diskPath }: FolderFile,
  { size, mtimeMs, ctimeMs, ino }: FolderFile['stat'],
  now: number,
): Omit<FileRecord, 'how' | 'problems' | 'hash'> {
  return { path, role, size, mtimeMs, ctimeMs, ino, seenAt: now, ...(diskPath === undefined ? {} : { diskPath }) };
}

function toUpdate(
  file: string,
  reading: FileReading,
  publication: Publication,
  { isNew, isReread }: { readonly isNew: boolean; readonly isReread: boolean },
): { readonly update: SourceUpdate; readonly problems: readonly Problem[] } {
  const { article, headlines, problems } = toParts(reading, publication);
  const update = { file, isNew, isFaulty: hasError(problems), headlines };
  if (article === undefined || hasError(article.content.problems)) return { update, problems };
  const { draft, content } = article;
  const { body: _, ...rest } = draft;
  const facts = isReread ? { ...rest, minor: true } : rest;
  return {
    update: { ...update, article: { draft: facts, content, references: referencesOf(facts, content) } },
    problems,
  };
}

/** What a file says: its article, with the body as content, and its headlines. */
export type FileParts = Omit<FileReading, 'drafts'> & {
  readonly article?: { readonly draft: ArticleDraft; readonly content: Content };
  readonly headlines: readonly HeadlineDraft[];
};

/** Takes apart what was read of a file, and makes content of its article. */
export function toParts({ how, drafts, problems }: FileReading, { language }: Publication): FileParts {
  const headlines = drafts.filter((one) => one.kind === 'headline');
  const draft = drafts.find((one) => one.kind === 'article');
  if (draft === undefined) return { how, problems, headlines };
  const content = toContent(draft, draft.language ?? language);
  return { how, problems: [...problems, ...content.problems], article: { draft, content }, headlines };
}

function referencesOf({ media }: Pick<ArticleDraft, 'media'>, { html }: Content): readonly string[] {
  return [...markedReferences(html), ...media.map(({ url }) => url).filter((url) => toAbsoluteUrl(url) === undefined)];
}

import type { Content } from '../content/content.ts';
import { toContent } from '../content/to-content.ts';
import type { Site } from '../feeds/site.ts';
import type { Problem } from '../lib/problem.ts';
import type { ArticleDraft, HeadlineDraft } from '../source/draft.ts';
import { readStable } from '../source/folder.ts';
import { readSourceFile } from '../source/read-file.ts';
import { isSource, roleOf } from '../source/roles.ts';
import { findOnDisk } from './on-disk.ts';

/** A source file as the next refresh would read it. */
export type FilePreview = {
  readonly path: string;
  readonly how: string;
  readonly problems: readonly Problem[];
  readonly article?: { readonly draft: ArticleDraft; readonly content: Content };
  readonly headlines: readonly HeadlineDraft[];
};

/** Reads a file of the data folder, by the way that every file goes. Undefined when no source file is there. */
export async function previewFile(dir: string, path: string, site: Site): Promise<FilePreview | undefined> {
  if (!isSource(roleOf(path))) return undefined;
  const diskPath = await findOnDisk(dir, path);
  if (diskPath === undefined) return undefined;
  const read = await readStable(dir, { path, diskPath });
  if ('reason' in read) return unreadable(path, read.reason);
  const { how, drafts, problems } = readSourceFile(path, read.bytes, site.publication, site.authors);
  const draft = drafts.find((one) => one.kind === 'article');
  const headlines = drafts.filter((one) => one.kind === 'headline');
  if (draft === undefined) return { path, how, problems, headlines };
  const content = toContent(draft, draft.language ?? site.publication.language);
  return { path, how, problems: [...problems, ...content.problems], article: { draft, content }, headlines };
}

function unreadable(path: string, message: string): FilePreview {
  return { path, how: 'unreadable', problems: [{ severity: 'error', file: path, message }], headlines: [] };
}

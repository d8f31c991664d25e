import { formatProblem } from '../../src/lib/problem.ts';
import { defaultPublication, type Publication } from '../../src/publication.ts';
import type { ArticleDraft, HeadlineDraft } from '../../src/source/draft.ts';
import { readSourceFile } from '../../src/source/read-file.ts';

export type Reading = {
  readonly articles: readonly ArticleDraft[];
  readonly headlines: readonly HeadlineDraft[];
  /** Problems as lint prints them. */
  readonly problems: readonly string[];
};

/** One file's text or bytes read in a publication that keeps the time of Berlin. */
export function read(file: string, contents: string | Uint8Array, settings: Partial<Publication> = {}): Reading {
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  const reading = readSourceFile(file, bytes, { ...defaultPublication, timezone: 'Europe/Berlin', ...settings });
  return {
    articles: reading.drafts.filter((draft) => draft.kind === 'article'),
    headlines: reading.drafts.filter((draft) => draft.kind === 'headline'),
    problems: reading.problems.map(formatProblem),
  };
}

/** The one article of a file in which nothing is wrong. */
export function readArticle(file: string, contents: string): ArticleDraft {
  const { articles, problems } = read(file, contents);
  if (articles.length !== 1 || problems.length > 0)
    throw new Error(`${articles.length} articles; ${problems.join('; ')}`);
  return articles[0]!;
}

export function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { article, type Shape } from '../corpus.ts';
import type { Run } from './run.ts';

/** A program that makes feeds of a folder of articles, in a folder of its own with the corpus in its natural form. */
export type Site = {
  readonly name: string;
  /** Puts article `n` where the program expects it. */
  readonly add: (n: number) => void;
  readonly remove: (n: number) => void;
  /** Makes everything, with nothing left of an earlier time. */
  readonly buildAnew: () => Promise<Run>;
  /** Makes what is different, or everything, as the program does by default. */
  readonly buildAgain: () => Promise<Run>;
  /** The text of its feed of everything, or of a tag. */
  readonly feed: (tag?: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** The articles that all of them get. */
export type SiteCorpus = {
  readonly tags: readonly string[];
  readonly text: (n: number) => string;
  /** Title, tags and day of article `n`. */
  readonly facts: (n: number) => { readonly title: string; readonly tags: readonly string[]; readonly day: string };
};

/** Makes a site in a folder that is empty; undefined where its program is not installed. */
export type SiteMaker = {
  readonly name: string;
  readonly make: (dir: string, corpus: SiteCorpus) => Site | undefined;
};

// With the thirty words of the text forty tags.
const shape: Shape = { authors: 25, topics: 10 };

/** One article an hour, so that number `count`, the first new one, is of this hour: what is old is no news to a feed. */
export function siteCorpus(count: number): SiteCorpus {
  const hour = 3_600_000;
  const now = Math.floor(Date.now() / hour) * hour;
  const dateOf = (n: number): string => new Date(now - (count - n) * hour).toISOString();
  // In letters that Jekyll's plug-in takes.
  const text = (n: number): string =>
    article(n, 0, shape)
      .replace('topic ', 'topic_')
      .replace(/^date: .*$/m, `date: ${dateOf(n)}`);
  const facts = (n: number): ReturnType<SiteCorpus['facts']> => {
    const [, title, tags] = /^title: "(.*)"\n[\s\S]*^tags: \[(.*)\]$/m.exec(text(n))!;
    return { title: title!, tags: tags!.split(', '), day: dateOf(n).slice(0, 10) };
  };
  // Of so many articles every tag is on one.
  const tags = new Set(Array.from({ length: 1000 }, (_, n) => facts(n).tags).flat());
  return { tags: [...tags], text, facts };
}

/** Writes files below `dir`, making folders as needed. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

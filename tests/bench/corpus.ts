import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const words =
  'harbour council bridge minister storm election factory river market school train budget court island doctor farm museum energy border festival winter signal railway printer garden library engine chamber valley coast'.split(
    ' ',
  );

/** A small generator of numbers that gives the same ones for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many authors write about how many topics; each article has one of each, and a word of the text as a tag. */
export type Shape = { readonly authors: number; readonly topics: number };

const usual: Shape = { authors: 25, topics: 40 };

/** A Markdown article of about 4 kB with front matter, headings, links, emphasis, a list and some code. */
export function article(n: number, version = 0, { authors, topics }: Shape = usual): string {
  const next = random(n * 1000 + version);
  const word = (): string => words[Math.floor(next() * words.length)]!;
  const sentence = (): string => {
    const body = Array.from({ length: 8 + Math.floor(next() * 10) }, word).join(' ');
    return `${body[0]!.toUpperCase()}${body.slice(1)}.`;
  };
  const paragraph = (): string => Array.from({ length: 5 }, sentence).join(' ');
  const date = new Date(Date.UTC(2015, 0, 1) + n * 3_600_000).toISOString();
  return `---
title: "${sentence().slice(0, -1)} ${n}"
date: ${date}
author: Writer ${n % authors}
tags: [${word()}, topic ${n % topics}]
---

${paragraph()}

## ${word()} and ${word()}

${paragraph()} [A link](https://example.com/${n}) and *emphasis* and \`code\`.

- ${sentence()}
- ${sentence()}

${Array.from({ length: 4 }, paragraph).join('\n\n')}
`;
}

/** Where an article lies: a thousand of them in each folder. */
export function articleFile(dir: string, n: number): string {
  return join(dir, `part-${Math.floor(n / 1000)}`, `article-${n}.md`);
}

/** Writes `count` articles into folders of a thousand. */
export function writeCorpus(dir: string, count: number, shape: Shape = usual): void {
  writeFileSync(join(dir, 'publication.yaml'), 'id: tag:example.com,2026:bench\ntitle: Bench\nlanguage: en\n');
  for (let n = 0; n < count; n += 1) {
    const file = articleFile(dir, n);
    if (n % 1000 === 0) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, article(n, 0, shape));
  }
}

/** A list of `count` headlines, none of which is there twice. */
export function headlineList(count: number): readonly string[] {
  const next = random(count);
  const word = (): string => words[Math.floor(next() * words.length)]!;
  return Array.from({ length: count }, (_, n) => `${Array.from({ length: 7 }, word).join(' ')} ${n}`);
}

/** A short Markdown article: fifty of them make a feed of about 40 kB. */
export function shortArticle(n: number): string {
  const next = random(n);
  const word = (): string => words[Math.floor(next() * words.length)]!;
  const text = (count: number): string => Array.from({ length: count }, word).join(' ');
  return `---\ntitle: ${text(6)} ${n}\nauthor: Writer ${n % 5}\ntags: [${word()}, ${word()}]\n---\n${text(12)}.\n`;
}

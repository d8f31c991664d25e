import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { article, articleFile, headlineList, type Shape, writeCorpus } from './corpus.ts';

/** A data folder that an archive has grown in, and an editor at work in it. */
export type ArchiveCorpus = {
  readonly dir: string;
  readonly articles: number;
  readonly shape: Shape;
  readonly headlines: number;
  /** Saves one of the newest articles with another text; gives its title. */
  readonly changeArticle: () => string;
  /** Saves the list with one more headline at its top; gives the headline. */
  readonly addHeadline: () => string;
};

const headlines = 2000;
/** Of so many of the newest articles one after the other is changed. */
const changing = 20;

/** The corpus of so many articles in `parent`: made if it is not there, and as it was made if it is. */
export function openArchiveCorpus(parent: string, articles: number): ArchiveCorpus {
  const dir = join(parent, `articles-${articles}`);
  const made = join(parent, `articles-${articles}.made`);
  const shape = { authors: 300, topics: Math.max(30, Math.round((articles * 3) / 100)) };
  const list = [...headlineList(headlines)];
  const saveList = (): void => writeFileSync(join(dir, 'headlines.txt'), `${list.join('\n')}\n`);
  const saveArticle = (n: number, version: number): string => {
    const text = article(n, version, shape);
    writeFileSync(articleFile(dir, n), text);
    return /^title: "(.*)"$/m.exec(text)![1]!;
  };
  if (existsSync(made)) {
    for (let back = 1; back <= changing; back += 1) saveArticle(articles - back, 0);
  } else {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    writeCorpus(dir, articles, shape);
    writeFileSync(made, '');
  }
  saveList();
  let changes = 0;
  return {
    dir,
    articles,
    shape,
    headlines,
    changeArticle: () => {
      changes += 1;
      return saveArticle(articles - 1 - (changes % changing), changes);
    },
    addHeadline: () => {
      list.unshift(`late edition comes out for the ${list.length - headlines + 1} time`);
      saveList();
      return list[0]!;
    },
  };
}

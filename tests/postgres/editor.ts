import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { write } from '../harness.ts';
import type { Random } from '../year/random.ts';

/** Someone who saves files all the time. */
export type Editor = {
  /** Saves an article of this title, which is not touched again. */
  readonly publish: (title: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** The titles of all that has to be published now. */
  readonly titles: () => readonly string[];
  /** How many changes were saved. */
  readonly saved: () => number;
};

/** What stays in a title through all its edits. */
export function toToken(title: string): string {
  const token = /\b[AH]\d+\b/.exec(title)?.[0];
  if (token === undefined) throw new Error(`expected a title with a token, found ${title}`);
  return token;
}

const subjects = ['Harbour', 'Ferry', 'School', 'Market', 'Library', 'Bridge', 'Theatre', 'Station', 'Orchard', 'Mill'];
const events = ['opens', 'closes for repairs', 'wins a prize', 'asks for volunteers', 'is painted', 'gets a new roof'];

/** Starts an editor at work in `dir`, paused. */
export function startEditor(dir: string, random: Random, signal: AbortSignal): Editor {
  const articles = new Map<number, string>();
  const headlines = new Map<number, string>();
  const finished: string[] = [];
  let next = 1;
  let saved = 0;
  let isPaused = true;

  const event = (): string => `${random.pick(subjects)} ${random.pick(events)}`;
  const saveArticle = (number: number, title: string): void => {
    articles.set(number, title);
    const tag = `Tag ${number % 3}`;
    const text = `The text under ${title}, as it reads now. ${'And so it goes on for a while. '.repeat(20)}`;
    write(dir, { [`posts/${number}.md`]: `---\ntitle: ${title}\ntags: [${tag}]\n---\n${text}\n` });
  };
  const saveHeadlines = (): void => {
    const newestFirst = [...headlines.values()].toReversed();
    write(dir, { 'headlines.txt': `${newestFirst.join('\n')}\n` });
  };
  const addArticle = (): void => {
    saveArticle(next, `${event()} A${next}`);
    next += 1;
  };
  const addHeadline = (): void => {
    headlines.set(next, `${event()} in ward H${next} of the town`);
    next += 1;
    saveHeadlines();
  };
  const editHeadline = (): void => {
    const [number, title] = random.pick([...headlines]);
    const isOld = title.includes('the old town');
    headlines.set(number, title.replace(isOld ? 'the old town' : 'the town', isOld ? 'the town' : 'the old town'));
    saveHeadlines();
  };
  const withdraw = (): void => {
    if (random.chance(50) && articles.size > 12) {
      const number = random.pick([...articles.keys()]);
      articles.delete(number);
      rmSync(join(dir, `posts/${number}.md`));
    } else if (headlines.size > 12) {
      headlines.delete(random.pick([...headlines.keys()]));
      saveHeadlines();
    }
  };
  const edit = (): void => {
    const number = random.pick([...articles.keys()]);
    saveArticle(number, `${event()} A${number}`);
  };
  const work = (): void => {
    const isFull = articles.size + headlines.size > 36;
    const change = isFull ? withdraw : random.pick([edit, edit, editHeadline, addHeadline, addArticle, withdraw]);
    change();
    saved += 1;
  };
  for (let count = 0; count < 10; count += 1) {
    addArticle();
    addHeadline();
  }
  void (async () => {
    while (!signal.aborted) {
      if (!isPaused) work();
      await sleep(random.whole(100, 400));
    }
  })();
  return {
    publish: (title) => {
      const whole = `${title} A${next}`;
      write(dir, { [`finished/${next}.md`]: `---\ntitle: ${whole}\n---\nNothing more is to be said.\n` });
      finished.push(whole);
      next += 1;
      saved += 1;
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    titles: () => [...articles.values(), ...headlines.values(), ...finished],
    saved: () => saved,
  };
}

import { Desk } from '../harness.ts';
import { scraps } from './file-texts.ts';
import { timeToRead } from './publish.ts';
import { type Campaign, type CampaignFigures, leastOf } from './rounds.ts';

/** Places where a text may go on without end: a file's path, and the file around it. */
const places: readonly (readonly [path: string, before: string, after: string])[] = [
  ['a.md', '', ''],
  ['a.md', 'A text. ', ' goes on.\n'],
  ['a.md', '# Heading ', '\n\nText.\n'],
  ['a.md', '## Heading {#', '{\n\nText.\n'],
  ['a.md', '[a](b "', '\n\nText.\n'],
  ['a.md', '| a | ', ' |\n|---|---|\n| b | c |\n'],
  ['a.md', '```', '\ncode\n```\n'],
  ['a.md', '{% highlight ', '\ncode\n{% endhighlight %}\n'],
  ['a.md', '{: ', '\n\nText.\n'],
  ['a.md', 'import ', '\n\nText.\n'],
  ...['title', 'date', 'tags', 'authors', 'summary', 'slug', 'permalink', 'link', 'guid', 'image', 'lang', 'odd'].map(
    (key) => ['a.md', `---\n${key}: `, '\n---\nText.\n'] as const,
  ),
  ['a.md', '---\npermalink: /a%', '2e\n---\nText.\n'],
  ['a.md', '---\ntitle: "', '"\n---\nText.\n'],
  ['a.md', '+++\ntitle = "', '"\n+++\nText.\n'],
  ['a.md', '{"title": "', '"}\nText.\n'],
  ['a.html', '', ''],
  ['a.html', '<p>Text ', '</p>'],
  ['a.html', '<a href="x', 'y">a</a>'],
  ['a.html', '<img alt=x src=a srcset="a 1x, ', 'b">'],
  ['a.html', '<p class="', '">Text</p>'],
  ['a.html', '<title>', '</title><p>Text</p>'],
  ['a.html', '<pre>', '</pre>'],
  ['a.txt', '', ''],
  ['a.txt', 'A short line\nBy ', '\n\nThe text begins. It goes on.\n'],
  ['b/a.txt', 'The text begins. ', ' It goes on.\n'],
  ['headlines.txt', 'One headline ', '\nAnother\n'],
  ['headlines.txt', '[One headline](', ' x\nAnother\n'],
  ['headlines.txt', '2026-02-07 ', '\nAnother\n'],
  ['headlines.md', '## ', '\nAnother\n'],
  ['headlines.yaml', '- title: ', '\n- Another\n'],
  ['headlines.json', '["', '"]'],
  ['headlines.csv', 'title,link\n', ',x\n'],
  ['headlines.csv', 'title,link\n"', '\nAnother,x\n'],
];

const runs: readonly string[] = [...scraps, ...'abAZ09.-_,;:!?\'"()[]{}<>/\\|*#~`=+&%$@^\t '.split('')];

const short = 8_000;
const factor = 8;
/** Times that are smaller than this say nothing, in milliseconds. */
const noise = 400;
/** With eight times the length, at most so many times the time: 8 were linear, 64 the square. */
const mostGrowth = 24;

/** A scrap that is repeated in a place. Those that are `whole` go through the store and the renderers, not only the readers. */
type Shape = { readonly place: (typeof places)[number]; readonly scrap: string; readonly whole: boolean };

/** Every scrap in every place. */
export function shapes(): readonly Shape[] {
  return places.flatMap((place) => [
    ...runs.map((scrap) => ({ place, scrap, whole: false })),
    ...['word ', 'a', '1. x\n'].map((scrap) => ({ place, scrap, whole: true })),
  ]);
}

/** Measures how the time grows with the length of each shape; the least of three counts. */
export async function measureLengths({ onProgress }: Pick<Campaign, 'onProgress'>): Promise<CampaignFigures> {
  const faults: string[] = [];
  let slowest = { milliseconds: 0, seed: 0 };
  for (const [index, shape] of shapes().entries()) {
    const long = await timeOf(shape, short * factor);
    if (long > slowest.milliseconds) slowest = { milliseconds: long, seed: index };
    if (long > noise) {
      const measure = async (): Promise<number> =>
        (await leastOfThree(shape, short * factor)) / (await leastOfThree(shape, short));
      const growth = await leastOf(await measure(), measure, mostGrowth);
      if (growth > mostGrowth) faults.push(`${JSON.stringify(shape)}: ${growth.toFixed(1)} times the time`);
    }
    onProgress?.(index + 1);
  }
  return { cases: shapes().length, faults, slowest };
}

/** Milliseconds to read, or to publish, a file with a run of `length` characters. */
export async function timeOf({ place: [path, before, after], scrap, whole }: Shape, length: number): Promise<number> {
  const text = before + scrap.repeat(Math.ceil(length / scrap.length)) + after;
  return whole ? timeToPublish(path, text) : timeToRead({ path, bytes: Buffer.from(text) });
}

async function timeToPublish(path: string, text: string): Promise<number> {
  const desk = new Desk({ storeUrl: 'sqlite::memory:' });
  try {
    desk.write({ 'good.md': 'This one is well.\n', [path]: text });
    const started = performance.now();
    await desk.refresh();
    // What changed a little is compared with what it was.
    desk.write({ [path]: `${text}x` });
    await desk.refresh();
    return performance.now() - started;
  } finally {
    await desk.restart();
    desk.remove('');
  }
}

async function leastOfThree(shape: Shape, length: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn += 1) least = Math.min(least, await timeOf(shape, length));
  return least;
}

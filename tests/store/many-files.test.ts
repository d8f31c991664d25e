import { expect, test } from 'vitest';
import { Desk } from '../harness.ts';

const files = Object.fromEntries(
  Array.from({ length: 500 }, (_, n) => [
    `part-${n % 7}/article-${n}.md`,
    n % 50 === 3
      ? `---\ntitle: Broken ${n}\ndate: never\n---\nText.\n`
      : `---\ntitle: Nº ${n} – “Größe” 🎈\ndate: 2026-01-01T00:00:${String(n % 60).padStart(2, '0')}Z\ntags: [Tag ${n % 5}]\n---\nText *${n}* of ünïcödé 🎈 and [the next](article-${n + 7}.md).\n`,
  ]),
);

/** Every entry with its text, by its file. */
async function everything(desk: Desk): Promise<Readonly<Record<string, unknown>>> {
  const entries = [...(await desk.store.load()).entries];
  const texts = await desk.store.texts(entries.map(({ id }) => id));
  return Object.fromEntries(
    entries.map(({ id, file, path, title, summary, published, targets }) => [
      file,
      { id, path, title, summary, published, targets: Object.keys(targets), text: texts.get(id) },
    ]),
  );
}

test('many files at once are read as they would be one by one, and the broken ones named', async () => {
  const atOnce = new Desk();
  atOnce.write(files);
  const { problems, read } = await atOnce.refresh();
  expect([problems.length, read]).toEqual([10, 490]);
  expect(problems[0]!.message).toContain('expected a date');

  const oneByOne = new Desk();
  for (const half of [0, 1]) {
    oneByOne.write(Object.fromEntries(Object.entries(files).filter((_, index) => index % 2 === half)));
    await oneByOne.refresh();
  }
  const all = await everything(atOnce);
  expect(Object.keys(all)).toHaveLength(490);
  expect(all).toEqual(await everything(oneByOne));
  expect(all['part-0/article-0.md']).toMatchObject({
    text: { html: expect.stringContaining('<em>0</em> of ünïcödé 🎈') },
  });
});

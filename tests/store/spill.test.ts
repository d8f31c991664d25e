import { expect, test } from 'vitest';
import type { Html } from '../../src/lib/html.ts';
import type { Reading } from '../../src/store/reading.ts';
import { closeSpill, openSpill, spillReading, spillWriter, unspillReading } from '../../src/store/spill.ts';

function readingOf(html: string): Reading {
  const article = { content: { html: html as Html } };
  return { record: {}, update: { file: 'a.md', headlines: [], article } } as unknown as Reading;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items.map((_, index) => items[(index * 97) % items.length]!);
}

test('texts that are laid aside come back whole, short ones and those of megabytes, in whatever order', () => {
  const words = ['', 'Größe 🎈', '東京'.repeat(50_000), 'word '.repeat(400_000), 'a'];
  const articles = Array.from({ length: 200 }, (_, n) => `<p>${n}</p>${`Straße ${n} `.repeat(n * 7)}`);
  const texts = [...words, ...articles, ...words.toReversed(), ...articles];
  const spill = openSpill();
  try {
    const writer = spillWriter(spill);
    const laid = texts.map((html) => unspillReading(spillReading(writer, readingOf(html))));
    writer.flush();
    const found = (some: readonly Reading[]) => some.map(({ update }) => update!.article!.content.html);
    expect(found(laid)).toEqual(texts);
    expect(found(laid.toReversed())).toEqual(texts.toReversed());
    expect(found(shuffled(laid))).toEqual(shuffled(texts));
  } finally {
    closeSpill(spill);
  }
});

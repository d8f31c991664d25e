import { closeSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Html } from '../../src/lib/html.ts';
import { toPlainText } from '../../src/lib/text.ts';
import type { Reading } from '../../src/store/reading.ts';
import { openSpill, spillReading, spillWriter, unspillReading } from '../../src/store/spill.ts';

function readingOf(html: string, text: string): Reading {
  const article = { content: { html: html as Html, text: toPlainText(text) } };
  return { record: {}, update: { file: 'a.md', headlines: [], article } } as unknown as Reading;
}

test('texts that are laid aside come back whole, short ones and those of megabytes', () => {
  const words = ['', 'Größe 🎈', '東京'.repeat(50_000), 'word '.repeat(400_000), 'a'];
  const texts = words.flatMap((html) => words.map((text) => [html, text] as const));
  const spill = openSpill();
  try {
    const write = spillWriter(spill);
    const laid = texts.map(([html, text]) => unspillReading(spillReading(write, readingOf(html, text))));
    const found = laid.map(({ update }) => [update!.article!.content.html, update!.article!.content.text]);
    expect(found).toEqual(texts);
  } finally {
    closeSync(spill);
  }
});

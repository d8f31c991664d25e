import { describe, expect, test } from 'vitest';
import { toText } from '../../src/content/plain-text.ts';
import { toLine } from '../../src/lib/text.ts';
import { fromHtml, fromMarkdown, shown } from './article.ts';

function read(content: { title: string; html: string }): string {
  return `${content.title} | ${shown(content.html)}`;
}

describe('a title that the file gives', () => {
  const title = toLine('The Quay, Rebuilt');

  test('stands, and the heading that repeats it goes', () => {
    expect(read(fromMarkdown('# The quay — rebuilt!\n\nText.', { title }))).toBe('The Quay, Rebuilt | <p>Text.</p>');
    expect(read(fromMarkdown('![](a.jpg)\n\n# The *Quay* rebuilt\n\nText.', { title }))).toBe(
      'The Quay, Rebuilt | <p><img src="⟦a.jpg⟧" alt="" /></p>\n\n<p>Text.</p>',
    );
  });

  test('leaves every other heading where it is', () => {
    expect(read(fromMarkdown('# Another\n\nText.', { title }))).toBe(
      'The Quay, Rebuilt | <h1>Another</h1>\n<p>Text.</p>',
    );
    expect(read(fromMarkdown('## The Quay, Rebuilt\n\nText.', { title }))).toContain('<h2>The Quay, Rebuilt</h2>');
    expect(read(fromMarkdown('Short line\n\nText.', { title }))).toContain('<p>Short line</p>');
  });
});

describe('without a given title', () => {
  test('a heading at the top is the title and is not repeated', () => {
    expect(read(fromMarkdown('# A *new* `quay`\n\nText.'))).toBe('A new quay | <p>Text.</p>');
    expect(read(fromMarkdown('### Third\n\nText.'))).toBe('Third | <p>Text.</p>');
    expect(read(fromMarkdown('![](a.jpg)\n\n# Quay\n\nText.'))).toBe(
      'Quay | <p><img src="⟦a.jpg⟧" alt="" /></p>\n\n<p>Text.</p>',
    );
    expect(read(fromHtml('<article><header><h1>Quay</h1></header><p>Text.</p></article>'))).toBe(
      'Quay | <article><p>Text.</p></article>',
    );
    expect(read(fromMarkdown('# Quay\n\n# Quay'))).toBe('Quay | <h1>Quay</h1>');
  });

  test('a short first line is the title and is not repeated', () => {
    expect(read(fromMarkdown('Quay reopens to ferries\n\nIt took a year.'))).toBe(
      'Quay reopens to ferries | <p>It took a year.</p>',
    );
    expect(read(fromMarkdown('**Will it hold?**\n\nIt took a year.'))).toBe('Will it hold? | <p>It took a year.</p>');
    expect(read(fromMarkdown('Talks with the U.S.\n\nIt took a year.'))).toBe(
      'Talks with the U.S. | <p>It took a year.</p>',
    );
  });

  test('a first paragraph that is no title line gives its first sentence and stays', () => {
    for (const [text, title] of [
      ['The quay is open. Ferries came.\n\nMore.', 'The quay is open'],
      ['It works! Ferries came\n\nMore.', 'It works!'],
      ['The quay is open\nto ferries\n\nMore.', 'The quay is open to ferries'],
      ['Alone', 'Alone'],
      ['These came:\n\n- one\n- two', 'These came:'],
      ['#### Small\n\nThe quay is open. Yes.', 'The quay is open'],
    ] as const) {
      const content = fromMarkdown(text);
      expect(content.title, text).toBe(title);
      expect(toText(content.html).replace(/\s+/g, ' '), text).toContain(title);
    }
  });

  test('without any text it is the name of the file', () => {
    expect(read(fromMarkdown('![](a.jpg)'))).toBe('Harbour | <p><img src="⟦a.jpg⟧" alt="" /></p>');
    expect(read(fromMarkdown(''))).toBe('Harbour | ');
  });

  test('a whole HTML document is known by its first h1, else by its title', () => {
    const page = (body: string): string =>
      `<!doctype html><html><head><meta charset=utf-8><title>Quay &amp; Co – Site</title><style>p{}</style></head><body>${body}</body></html>`;
    expect(read(fromHtml(page('<p>Text.</p>')))).toBe('Quay & Co – Site | <p>Text.</p>');
    expect(read(fromHtml(page('<nav>Home</nav><h1>Quay</h1><p>Text.</p>')))).toBe('Quay | <div>Home</div><p>Text.</p>');
    expect(read(fromHtml(page('<h2>Part</h2><p>Text.</p>')))).toBe('Quay & Co – Site | <h2>Part</h2><p>Text.</p>');
  });
});

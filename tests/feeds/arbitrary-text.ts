import fc from 'fast-check';
import type { FeedEntry, FeedHead } from '../../src/feeds/model.ts';
import { escapeHtml, type Html } from '../../src/lib/html.ts';
import { type PlainText, toLine, toPlainText, trimBlank } from '../../src/lib/text.ts';
import { article, fullHead, url } from './samples.ts';

/** What a feed and its one entry say in words. */
export type Words = {
  readonly feedTitle: PlainText;
  readonly feedDescription: PlainText;
  readonly rights: PlainText;
  readonly id: PlainText;
  readonly title: PlainText;
  readonly summary: PlainText;
  readonly paragraph: PlainText;
  readonly authors: readonly [PlainText, PlainText];
  readonly tags: readonly [PlainText, PlainText];
  readonly alt: PlainText;
  readonly caption: PlainText;
  readonly credit: PlainText;
};

const hostile = [
  ...['&', '&amp;', '&amp;amp;', '&lt;', '&#x26;', '&#60;', '&nbsp;', '&quot', '<', '>', '<b>', '</b>', '<script>'],
  ...[']]>', ']]]]>', '<![CDATA[', '<!--', '-->', '<?xml', '</title>', '</item>', '</entry>', '</channel>', '-'],
  ...['"', "'", '$&', '$1', '\\u0041', '\\', '{}', '\n', '\r\n', '\r', '\t', '\u0000', '\u001f', '\u007f', '\u0085'],
  ...['\u2028', '\ufffe', '\uffff', '\ud800', '\udc00', '\u{1f6a2}', '\u{10ffff}', '\u202e', '\u00a0', '\ufeff', '%20'],
  ...['0', '007', '1e3', 'true', 'null', '__proto__'],
];

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const raw = fc
  .array(fc.oneof(fc.constantFrom(...hostile), unit, fc.string()), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));
const long = raw.filter((text) => text !== '').map((text) => text.repeat(Math.ceil(10_000 / text.length)));
const any = fc.oneof({ weight: 20, arbitrary: raw }, { weight: 1, arbitrary: long });

/** One line as ingest makes it; what would be blank has no place in a feed. */
const line: fc.Arbitrary<PlainText> = any.map(toLine).filter((text) => text !== '');
/** Several lines as ingest makes them. */
const lines = any.map((text) => trimBlank(toPlainText(text)) as PlainText).filter((text) => text !== '');

/** Anything that a keyboard, an editor or an enemy may have put in. */
export const arbitraryWords: fc.Arbitrary<Words> = fc.record({
  feedTitle: line,
  feedDescription: line,
  rights: line,
  id: line,
  title: line,
  summary: lines,
  paragraph: lines,
  authors: fc.tuple(line, line),
  tags: fc.tuple(line, line),
  alt: line,
  caption: line,
  credit: line,
});

/** The head that says these words. */
export function toHead(words: Words): FeedHead {
  return {
    ...fullHead,
    title: words.feedTitle,
    description: words.feedDescription,
    rights: words.rights,
    authors: words.authors.map((name) => ({ name })),
    tags: words.tags,
  };
}

/** The article that says these words. */
export function toArticle(words: Words): FeedEntry {
  return {
    ...article,
    id: words.id,
    title: words.title,
    summary: words.summary,
    contentHtml: toHtml(words),
    authors: words.authors.map((name) => ({ name })),
    tags: words.tags.map((label, index) => ({ label, slug: `tag-${index}` })),
    image: {
      role: 'image',
      url: url('/media/a.png'),
      type: 'image/png',
      alt: words.alt,
      caption: words.caption,
      credit: words.credit,
    },
    media: [{ role: 'audio', url: url('/media/b.mp3'), type: 'audio/mpeg', caption: words.caption }],
  };
}

/** Its paragraph as HTML. */
export function toHtml({ paragraph }: Words): Html {
  return `<p>${escapeHtml(paragraph)}</p>` as Html;
}

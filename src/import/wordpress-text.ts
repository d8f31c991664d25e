import { blockElements } from '../content/elements.ts';
import { spansOf } from './wordpress-export.ts';

/**
 * The HTML that WordPress shows of a post, made of what its export has: the text as it was typed, in which blank lines
 * part paragraphs and other line ends stay. HTML of the block editor has its paragraphs already and comes out the same.
 */
export function toShownHtml(stored: string): string {
  const text = stored.replaceAll('\r\n', '\n');
  let html = mapSpans(text, '[caption', '[/caption]', toFigure);
  for (const name of ['sourcecode', 'code']) html = mapSpans(html, `[${name}`, `[/${name}]`, toPre);
  return mapSpans(html, '<pre', '</pre>', (pre) => pre, toParagraphs);
}

/** The text with what stands from each `open` to its `close` replaced, and what stands between them. */
function mapSpans(
  text: string,
  open: string,
  close: string,
  inside: (span: string) => string,
  between: (rest: string) => string = (rest) => rest,
): string {
  let mapped = '';
  let at = 0;
  for (const [start, end] of spansOf(text, open, close)) {
    mapped += between(text.slice(at, start)) + inside(text.slice(start, end));
    at = end;
  }
  return mapped + between(text.slice(at));
}

const captioned = /^\[caption\b([^\]]*)\]\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)/;

function toFigure(span: string): string {
  const [start, attributes = '', picture] = captioned.exec(span) ?? [];
  if (start === undefined) return span;
  // Until WordPress 3.4 the words stood in an attribute.
  const words = span.slice(start.length, -'[/caption]'.length).trim() || /\bcaption="([^"]*)"/.exec(attributes)?.[1];
  return `\n\n<figure>${picture}${words === undefined ? '' : `<figcaption>${words}</figcaption>`}</figure>\n\n`;
}

const sample = /^\[(?:source)?code\b([^\]]*)\]\n?([\s\S]*)\[\/(?:source)?code\]$/;

function toPre(span: string): string {
  const [, attributes = '', code] = sample.exec(span) ?? [];
  if (code === undefined) return span;
  const language = /\blang(?:uage)?=["']?([\w+#-]+)/.exec(attributes)?.[1]?.toLowerCase();
  const start = language === undefined ? '<code>' : `<code class="language-${language}">`;
  return `<pre>${start}${code.replaceAll('<', '&lt;')}</code></pre>`;
}

const blockTag = new RegExp(`(</?(?:${[...blockElements, 'td', 'th', 'form', 'center'].join('|')})\\b[^<>]*>)`, 'i');

function toParagraphs(html: string): string {
  const oneLineTags = html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replaceAll('\n', ' '));
  // What is at odd places are the tags.
  const parts = oneLineTags.split(blockTag);
  return parts.map((part, i) => (i % 2 === 1 ? part : toBlocks(part, parts[i - 1] ?? ''))).join('');
}

/** A run of text and inline elements as paragraphs, or as what it is in the element that `tag` opens. */
function toBlocks(run: string, tag: string): string {
  const paragraphs = run
    .split(/\n[^\S\n]*\n/)
    .map((one) => toLinesOf(one.trim()))
    .filter((one) => one !== '');
  if (paragraphs.length === 0) return run && '\n';
  if (/^<(?:p|h[1-6])\b/i.test(tag)) return paragraphs.join('<br />\n<br />\n');
  if (/^<(?!blockquote|hr)[a-z]/i.test(tag) && paragraphs.length === 1) return paragraphs[0]!;
  return paragraphs.map((one) => `<p>${one}</p>\n`).join('');
}

function toLinesOf(paragraph: string): string {
  return paragraph
    .split('\n')
    .map((line) => line.replace(embedded, '<a href="$1">$1</a>'))
    .join('<br />\n')
    .replace(/(<br ?\/?>)<br \/>/g, '$1');
}

// Of these WordPress makes players.
const embedded = /^\s*(?:\[embed[^\]]*\])?\s*(https?:\/\/[^\s<>"[\]]+)\s*(?:\[\/embed\])?\s*$/;

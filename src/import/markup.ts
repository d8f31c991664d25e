import { BoundedParser } from '../content/bounded-parser.ts';
import { voidElements } from '../content/elements.ts';
import { readHtml } from '../content/html.ts';
import { toLines } from '../content/plain-text.ts';
import { toSrcset } from '../content/references.ts';
import { escapeHtml } from '../lib/html.ts';
import { type PlainText, toLine, toPlainText } from '../lib/text.ts';
import { toAbsoluteUrl } from '../lib/url.ts';

/**
 * HTML with its relative references made absolute; all else stays as it is written. References within the entry
 * (`#notes`) stay too: they follow its page.
 */
export function absoluteHtml(html: string, base: string | undefined): string {
  const source = toPlainText(html);
  let done = '';
  let at = 0;
  const parser = new BoundedParser({
    onopentag: (name, attributes) => {
      const tag = source.slice(parser.startIndex, parser.endIndex + 1);
      if (parser.startIndex < at || !tag.startsWith('<') || tag.startsWith('</')) return;
      const written = base === undefined ? undefined : absoluteTag(name, attributes, base, tag.endsWith('/>'));
      if (written === undefined) return;
      done += source.slice(at, parser.startIndex) + written;
      at = parser.endIndex + 1;
    },
  });
  parser.end(source);
  return withoutTemplates(done + source.slice(at));
}

const emptyTag = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/>/g;

/** XHTML as HTML, in which a slash closes nothing: all that follows such a tag would be in the element. */
export function xhtmlToHtml(xhtml: string): string {
  return xhtml.replace(emptyTag, (tag, name: string, attributes: string) =>
    voidElements.has(name.toLowerCase()) ? tag : `<${name}${attributes}></${name}>`,
  );
}

/** A title or summary that may be HTML, as one line of text. */
export function htmlToLine(html: string): PlainText {
  return toLine(toLines(readHtml(html).nodes).join(' '));
}

const inline =
  /<(?!\/?(?:a|abbr|b|bdi|big|br|cite|code|del|em|font|i|ins|kbd|mark|nobr|q|s|small|span|strike|strong|sub|sup|tt|u|var|wbr)\b)[a-z!/]/i;

/** A title that feeds write as HTML or as text without saying which: what no title is set in is text. */
export function looseTitle(title: string): PlainText {
  if (!/[<&]/.test(title)) return toLine(title);
  return htmlToLine(inline.test(title) ? title.replaceAll('<', '&lt;') : title);
}

/** Text as HTML: paragraphs at blank lines, and other line ends kept. */
export function textToMarkup(text = ''): string {
  const paragraphs = toPlainText(text)
    .trim()
    .split(/\n[ \t]*\n\s*/);
  return paragraphs.map((one) => `<p>${escapeHtml(one).replaceAll('\n', '<br />\n')}</p>`).join('\n');
}

const reference = /^(?:href|src|srcset|poster|cite|data|data-(?:lazy-)?src(?:set)?|data-original)$/;

/** The tag with absolute references; undefined when it has none that is relative. */
function absoluteTag(
  name: string,
  attributes: Readonly<Record<string, string>>,
  base: string,
  isClosed: boolean,
): string | undefined {
  let isChanged = false;
  const written = Object.entries(attributes).map(([attribute, value]) => {
    const url = reference.test(attribute) ? absoluteValue(attribute, value, base) : value;
    isChanged ||= url !== value;
    return ` ${attribute}="${escapeHtml(url)}"`;
  });
  return isChanged ? `<${name}${written.join('')}${isClosed ? ' /' : ''}>` : undefined;
}

function absoluteValue(attribute: string, value: string, base: string): string {
  if (attribute.endsWith('srcset')) return toSrcset(value, base) ?? value;
  const url = value.trim();
  const isRelative = url !== '' && !/^(?:[a-z][a-z\d+.-]*:|#)/i.test(url);
  return isRelative ? (toAbsoluteUrl(url, base) ?? value) : value;
}

// A feed's content is finished: what looks like a template's tag in it is text that readers saw.
function withoutTemplates(html: string): string {
  return html.replace(/\{(?=[{%]|\/\*)/g, '&#123;');
}

import { openCallouts } from './callouts.ts';
import { stripJsx } from './jsx.ts';
import { type MarkdownPart, splitMarkdown } from './markdown-parts.ts';
import { type Stripped, stripTags } from './template-tags.ts';

// What every such thing begins with.
const beginnings = { markdown: /[{<]|(?:im|ex)port\s|:::|\[!|\[toc\]/i, html: /\{/ } as const;

/**
 * A body without what its site generator would have worked out: shortcodes, Liquid and, in Markdown, MDX, boxes and
 * kramdown's attribute lists. Code is left as it is. `first` is where the first such thing stood, if anything was lost with it.
 */
export function stripTemplates(markup: 'markdown' | 'html', text: string): Stripped {
  if (!beginnings[markup].test(text)) return { text, first: undefined };
  const source = markup === 'markdown' ? toFences(text) : text;
  const parts = markup === 'markdown' ? splitMarkdown(source) : splitHtml(source);
  let first: number | undefined;
  let offset = 0;
  let isRaw = false;
  const kept = parts.map((part) => {
    const start = offset;
    offset += part.text.length;
    if (part.isCode) return part.text;
    const stripped = stripPart(markup, part.text, isRaw);
    isRaw = stripped.isRaw;
    if (stripped.first !== undefined) first ??= start + stripped.first;
    return stripped.text;
  });
  const whole = kept.join('');
  return { text: markup === 'markdown' ? openCallouts(whole) : whole, first };
}

const rawTag = /\{%-?\s*(?:end)?raw\s*-?%\}/g;

/** Between `{% raw %}` and `{% endraw %}` tags are text; only these two go. */
function stripPart(markup: 'markdown' | 'html', text: string, isRaw: boolean): Stripped & { readonly isRaw: boolean } {
  let raw = isRaw;
  let kept = '';
  let at = 0;
  let first: number | undefined;
  const put = (end: number): void => {
    const stripped = raw ? { text: text.slice(at, end), first: undefined } : strip(markup, text.slice(at, end));
    kept += stripped.text;
    if (stripped.first !== undefined) first ??= at + stripped.first;
  };
  for (const { 0: tag, index } of text.matchAll(rawTag)) {
    put(index);
    raw = !tag.includes('end');
    at = index + tag.length;
  }
  put(text.length);
  return { text: kept, first, isRaw: raw };
}

function strip(markup: 'markdown' | 'html', text: string): Stripped {
  const tags = stripTags(text, markup === 'markdown');
  if (markup === 'html') return tags;
  const jsx = stripJsx(tags.text);
  const kept = jsx.text.includes('{:') ? jsx.text.replace(contentsList, '').replace(attributeList, '') : jsx.text;
  return { text: kept, first: tags.first ?? jsx.first };
}

// kramdown puts the table of contents in the place of this list, whatever it says.
const contentsList = /^[ \t]*(?:[-*+]|\d{1,9}\.)[ \t][^\n]*\n[ \t]*\{:[ \t]*toc[^{}\n]{0,200}\}/gm;
// kramdown: `{: .note}` says how a block looks, which no feed shows.
const attributeList = /\{:(?:toc|\s*[.#]?[\w-]{1,100}[^{}\n]{0,200})\}/g;

const highlightStart = /^[ \t]*\{(?:%-?|\{[<%])\s*highlight\s+"?([\w+#-]+)(?![\w+#-])[^\n]*[%>]\}\}?[ \t]*$/;
const highlightEnd = /^[ \t]*\{(?:%-?\s*end|\{[<%]\s*\/\s*)highlight\s*-?[%>]\}\}?[ \t]*$/;
const fence = '~~~~~~~~';

/** Jekyll's and Hugo's `highlight` blocks as the fenced code that they are. */
function toFences(text: string): string {
  if (!text.includes('highlight')) return text;
  const lines = text.split('\n');
  const lastEnd = lines.findLastIndex((line) => highlightEnd.test(line));
  let isOpen = false;
  return lines
    .map((line, index) => {
      const language = !isOpen && index < lastEnd ? highlightStart.exec(line)?.[1] : undefined;
      if (language !== undefined) isOpen = true;
      else if (isOpen && highlightEnd.test(line)) isOpen = false;
      else return line;
      return language === undefined ? fence : `${fence}${language}`;
    })
    .join('\n');
}

const samples = /<(pre|code|script|style|textarea)\b/gi;

/** HTML taken apart at its samples of code. */
function splitHtml(text: string): readonly MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  const lower = text.toLowerCase();
  let at = 0;
  for (const { 1: name = '', index } of text.matchAll(samples)) {
    if (index < at) continue;
    const end = lower.indexOf(`</${name.toLowerCase()}`, index);
    const stop = end === -1 ? text.length : end;
    parts.push({ isCode: false, text: text.slice(at, index) }, { isCode: true, text: text.slice(index, stop) });
    at = stop;
  }
  return [...parts, { isCode: false, text: text.slice(at) }];
}

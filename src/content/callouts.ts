import { blocksOf } from './markdown-parts.ts';

// `:::note Title`, `:::tip[Title]`, `::: {.warning}`, and `:::` alone at the end.
const container = /^([ \t>]*):{3,}[ \t]*(?:\{?\.?([a-z][\w-]*)\}?[ \t]*(?:\[([^\]\n]*)\]|([^\n]*)))?$/gim;
const alert = /^([ \t]*>[> \t]*)\[!([a-z][\w-]*)\][+-]?[ \t]*([^\n]*)$/gim;
const contents = /^[ \t]*(?:\[toc\]|\[\[toc\]\])[ \t]*$/gim;

const kinds: ReadonlySet<string> = new Set(['note', 'tip', 'info', 'important', 'warning', 'caution', 'danger']);

/**
 * Markdown with the boxes of Docusaurus and VitePress (`:::note`) and of GitHub and Obsidian (`> [!NOTE]`) as what is in
 * them, after their titles, and without the lines where a generator would have put a table of contents. Not in code.
 */
export function openCallouts(text: string): string {
  if (!/:::|\[!|\[toc\]/i.test(text)) return text;
  let isSample = false;
  return blocksOf(text)
    .map(({ isCode, text: block }) => {
      if (isCode || !(isSample || /^ {0,3}<pre[\s>]/im.test(block))) return isCode ? block : openIn(block);
      isSample = !/<\/pre>/i.test(block);
      return block;
    })
    .join('');
}

function openIn(block: string): string {
  return block
    .replace(container, (line: string, indent: string, kind = '', bracketed = '', plain = '') => {
      const name = kind.toLowerCase();
      const [attributes] = /^\{[^{}\n]*\}/.exec(plain) ?? [];
      const typed =
        attributes === undefined ? plain : (/\stitle="([^"\n]*)"/.exec(` ${attributes.slice(1)}`)?.[1] ?? '');
      const title = (bracketed || typed).trim();
      // No box is called `::: Update 14:30 The mayor resigned.`
      if (attributes === undefined && plain !== '' && kind !== name && !kinds.has(name)) return line;
      return heading(indent, title || (kinds.has(name) ? toLabel(name) : ''));
    })
    .replace(alert, (_, indent: string, kind: string, title: string) => heading(indent, title.trim() || toLabel(kind)))
    .replace(contents, '');
}

function toLabel(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase();
}

/** The beginning of a paragraph, at the same depth of quotation. Alone it could be taken for the article's title. */
function heading(indent: string, title: string): string {
  const blank = indent.trimEnd();
  if (title === '') return blank;
  return `${blank}\n${indent}**${title}${/[.:!?…。！？]$/.test(title) ? '' : ':'}**`;
}

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
  return blocksOf(text)
    .map(({ isCode, text: block }) => (isCode ? block : openIn(block)))
    .join('');
}

function openIn(block: string): string {
  return block
    .replace(container, (_, indent: string, kind = '', bracketed = '', plain = '') => {
      const label = kinds.has(kind.toLowerCase()) ? kind : '';
      return heading(indent, (bracketed || plain).trim() || label);
    })
    .replace(alert, (_, indent: string, kind: string, title: string) => heading(indent, title.trim() || kind))
    .replace(contents, '');
}

/** The beginning of a paragraph, at the same depth of quotation. Alone it could be taken for the article's title. */
function heading(indent: string, title: string): string {
  const blank = indent.trimEnd();
  if (title === '') return blank;
  const words = title === title.toUpperCase() ? title.toLowerCase() : title;
  const label = words.replace(/^./u, (letter) => letter.toUpperCase());
  return `${blank}\n${indent}**${label}${/[.:!?…。！？]$/.test(label) ? '' : ':'}**`;
}

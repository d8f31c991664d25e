import MarkdownIt from 'markdown-it';
import { escapeHtml } from '../lib/html.ts';
import type { TextBlock } from '../source/draft.ts';

// The finder of links that markdown-it brings: it knows where a URL in running text ends.
const { linkify } = new MarkdownIt();
linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Blocks of plain text as HTML: nothing in them is markup, but a written-out web address is a link. */
export function textToHtml(blocks: readonly TextBlock[]): string {
  return blocks
    .map(({ type, text }) => {
      const name = type === 'heading' ? 'h2' : 'p';
      return `<${name}>${text.split('\n').map(lineToHtml).join('<br />\n')}</${name}>`;
    })
    .join('\n');
}

function lineToHtml(line: string): string {
  let html = '';
  let end = 0;
  for (const { index, lastIndex, url, schema } of linkify.match(line) ?? []) {
    if (!/^https?:$/i.test(schema)) continue;
    const text = escapeHtml(line.slice(index, lastIndex));
    html += `${escapeHtml(line.slice(end, index))}<a href="${escapeHtml(url)}">${text}</a>`;
    end = lastIndex;
  }
  return html + escapeHtml(line.slice(end));
}

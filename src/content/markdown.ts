import { hash } from 'node:crypto';
import MarkdownIt, { type Token } from 'markdown-it';
import definitionLists from 'markdown-it-deflist';
import footnotes from 'markdown-it-footnote';
import { BlockState } from './block-state.ts';
import { nestingLimit } from './bounded-parser.ts';
import { type CleanHtml, readHtml } from './html.ts';
import { InlineState } from './inline-state.ts';
import { addLinks } from './markdown-links.ts';
import { addMath } from './markdown-math.ts';
import { newToken } from './markdown-token.ts';
import { areElements, readTokens } from './markdown-tree.ts';

/** Markdown read as HTML and made safe; `isCut` when it was nested too deep to be read to its end. */
export type CleanMarkdown = { readonly clean: CleanHtml; readonly isCut: boolean };

const markdown = new MarkdownIt({ html: true, maxNesting: nestingLimit })
  .use(definitionLists)
  .use(footnotes)
  .use(addLinks)
  .use(addMath);
markdown.block.State = BlockState;
markdown.inline.State = InlineState;
// Without one of these a block's text is nothing else: no rule of markdown-it's or the footnotes' begins elsewhere.
const inlineSigns = /[\n\\`~*_[<&]|:\/\//;
markdown.core.ruler.at('inline', (state) => {
  for (const { type, content, children } of state.tokens) {
    if (type !== 'inline' || content === '') continue;
    if (inlineSigns.test(content)) markdown.inline.parse(content, markdown, state.env, children!);
    else {
      const text = newToken('text', '', 0, false, 0);
      text.content = content;
      children!.push(text);
    }
  }
});
markdown.core.ruler.push('tasks_and_ids', ({ tokens }) => {
  tokens.forEach((token, index) => {
    if (token.type === 'list_item_open') showTask(tokens[index + 2]);
    if (token.type === 'heading_open') giveExplicitId(token, tokens[index + 1]);
  });
});

// At the limit markdown-it opens one of these, and leaves out what is in it.
const containers: ReadonlySet<string> = new Set(['blockquote_open', 'list_item_open', 'dd_open', 'footnote_open']);

/**
 * CommonMark with tables, strikethrough, footnotes, definition lists, task lists, bare URLs and raw HTML. `file` keeps
 * the anchors of its footnotes apart from those of other articles on the same page.
 */
export function readMarkdown(text: string, file: string): CleanMarkdown {
  const tokens = markdown.parse(text, {});
  const isCut = tokens.some(({ type, level }) => level >= nestingLimit - 1 && containers.has(type));
  const clean = areElements(tokens)
    ? readTokens(tokens, markdown)
    : readHtml(markdown.renderer.render(tokens, markdown.options, { docId: docIdOf(file) }));
  return { clean, isCut };
}

function docIdOf(file: string): string {
  return hash('sha256', file).slice(0, 8);
}

/** `## Notes {#notes}`, as Hugo, kramdown and Pandoc write an anchor. */
function giveExplicitId(heading: Token, inline: Token | undefined): void {
  const last = inline?.children?.at(-1);
  if (last?.type !== 'text') return;
  const brace = last.content.lastIndexOf('{#');
  const [, id] = brace === -1 ? [] : (/^\{#([\w:.-]+)(?![\w:.-])[^{}]*\}\s*$/.exec(last.content.slice(brace)) ?? []);
  if (id === undefined) return;
  heading.attrSet('id', id);
  last.content = last.content.slice(0, brace).trimEnd();
}

/** `- [x] done`, as GitHub writes it. */
function showTask(inline: Token | undefined): void {
  const first = inline?.children?.[0];
  const [box, sign] = /^\[([ xX])\](?=\s)/.exec(inline?.content ?? '') ?? [];
  // `[x]` may be a link.
  if (box === undefined || first?.type !== 'text' || !first.content.startsWith(box)) return;
  first.content = (sign === ' ' ? '☐' : '☑') + first.content.slice(box.length);
}

import type { MarkdownIt, Token } from 'markdown-it';
import { nestingLimit } from './bounded-parser.ts';
import { Cleaner } from './cleaner.ts';
import { type CleanHtml, toCleanHtml } from './html.ts';
import type { Attributes } from './tree.ts';

// These hold HTML as somebody typed it, or are written by a plugin.
const foreign: ReadonlySet<string> = new Set(['html_block', 'html_inline', 'footnote_block_open']);
// A code block is two elements, and the limit is that of a parser, which counts what is about to open too.
const depthLimit = nestingLimit - 3;

/**
 * True when an HTML parser would read each token as the very element that it is: there is no raw HTML and no footnote,
 * nothing nested so deep that it would be flattened, and no link in a link, which would end the outer one.
 */
export function areElements(tokens: readonly Token[], depth = 0): boolean {
  let [open, links] = [depth, 0];
  return tokens.every(({ type, tag, nesting, children }) => {
    open += nesting;
    if (tag === 'a') links += nesting;
    if (foreign.has(type) || open > depthLimit || links > 1) return false;
    return type !== 'inline' || areElements(children!, open);
  });
}

/** The tree that `readHtml` would read in the HTML that markdown-it writes of the tokens, of which `areElements` holds. */
export function readTokens(tokens: readonly Token[], markdown: MarkdownIt): CleanHtml {
  const reader = new TokenReader(markdown);
  reader.readBlocks(tokens);
  return toCleanHtml(reader.end(), false);
}

/** Tells a Cleaner of elements and text; text that nothing stands between is one text. */
class TokenReader {
  readonly #cleaner = new Cleaner();
  readonly #markdown: MarkdownIt;
  #text = '';

  constructor(markdown: MarkdownIt) {
    this.#markdown = markdown;
  }

  end(): Cleaner {
    this.#endText();
    return this.#cleaner;
  }

  readBlocks(tokens: readonly Token[]): void {
    tokens.forEach((token, i) => {
      if (token.type === 'inline') this.#readInline(token.children!);
      else if (token.type === 'fence' || token.type === 'code_block') this.#readCode(token);
      else if (!token.hidden) {
        const before = tokens[i - 1];
        if (token.nesting !== -1 && before?.hidden && before.nesting === -1) this.#text += '\n';
        this.#readTag(token);
        if (endsLine(token, tokens[i + 1])) this.#text += '\n';
      }
    });
  }

  #readInline(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.type === 'text') this.#text += token.content;
      else if (token.type === 'softbreak') this.#text += '\n';
      else if (token.type === 'code_inline') this.#readElement('code', {}, token.content);
      else if (token.type === 'image') this.#readElement('img', this.#imageAttributes(token));
      else this.#readTag(token);
      if (token.type === 'hardbreak') this.#text += '\n';
    }
  }

  #readTag({ tag, nesting, attrs }: Token): void {
    if (nesting === 0) this.#readElement(tag);
    else if (nesting === 1) this.#open(tag, toAttributes(attrs));
    else this.#close(tag);
  }

  #readCode({ content, info }: Token): void {
    const [language] = this.#markdown.utils.unescapeAll(info).trim().split(/\s/);
    this.#open('pre', {});
    this.#readElement('code', language ? { class: `language-${language}` } : {}, content);
    this.#close('pre');
    this.#text += '\n';
  }

  #imageAttributes({ attrs, children }: Token): Attributes {
    const { renderer, options } = this.#markdown;
    return { ...toAttributes(attrs), alt: renderer.renderInlineAsText(children!, options, {}) };
  }

  #readElement(name: string, attributes: Attributes = {}, text = ''): void {
    this.#open(name, attributes);
    this.#text = text;
    this.#close(name);
  }

  #open(name: string, attributes: Attributes): void {
    this.#endText();
    this.#cleaner.onopentag(name, attributes);
  }

  #close(name: string): void {
    this.#endText();
    this.#cleaner.onclosetag(name);
  }

  #endText(): void {
    if (this.#text !== '') this.#cleaner.ontext(this.#text);
    this.#text = '';
  }
}

/** Whether markdown-it writes a newline after a block's tag: not before the text in it, nor when it is empty. */
function endsLine({ tag, nesting }: Token, next: Token | undefined): boolean {
  if (nesting !== 1 || next === undefined) return true;
  return next.type !== 'inline' && !next.hidden && !(next.nesting === -1 && next.tag === tag);
}

function toAttributes(attrs: Token['attrs']): Attributes {
  return attrs === null ? {} : Object.fromEntries(attrs.map(([name, value]) => [name, String(value)]));
}

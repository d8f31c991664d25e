import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';
import { newToken } from './markdown-token.ts';

const State: typeof StateBlock = new MarkdownIt().block.State;

/**
 * What markdown-it knows of a text while it takes it apart into blocks. Its lines are found by their ends: the marks
 * are where a line begins and ends, how many blanks and tabs it begins with, and how many columns these take.
 */
export class BlockState extends State {
  constructor(...[text, ...rest]: ConstructorParameters<typeof State>) {
    super('', ...rest);
    this.src = text;
    this.bMarks = [];
    this.eMarks = [];
    this.tShift = [];
    this.sCount = [];
    this.bsCount = [];
    for (let start = 0; start < text.length; ) start = this.#addLine(start);
    this.#mark(text.length, text.length, 0, 0);
    this.lineMax = this.bMarks.length - 1;
  }

  override push(type: string, tag: string, nesting: Token['nesting']): Token {
    if (nesting < 0) this.level -= 1;
    const token = newToken(type, tag, nesting, true, this.level);
    if (nesting > 0) this.level += 1;
    this.tokens.push(token);
    return token;
  }

  /**
   * After a `~` that begins a line: no further, which the rule for definition lists takes for none. Pandoc's `~ text` is
   * neither Hugo's nor Jekyll's, and elsewhere stands before who said it, or an amount.
   */
  override skipSpaces(pos: number): number {
    const isTilde = this.src[pos - 1] === '~' && /(?:^|\s)$/.test(this.src.slice(Math.max(0, pos - 2), pos - 1));
    return isTilde ? pos : super.skipSpaces(pos);
  }

  /** Gives where the next line begins. A last line that is but blanks and has no end is none. */
  #addLine(start: number): number {
    const newline = this.src.indexOf('\n', start);
    const end = newline === -1 ? this.src.length : newline;
    let at = start;
    let columns = 0;
    for (; at < end; at += 1) {
      const code = this.src.charCodeAt(at);
      if (code === 0x09) columns += 4 - (columns % 4);
      else if (code === 0x20) columns += 1;
      else break;
    }
    if (at < this.src.length) this.#mark(start, end, at - start, columns);
    return end + 1;
  }

  #mark(start: number, end: number, blanks: number, columns: number): void {
    this.bMarks.push(start);
    this.eMarks.push(end);
    this.tShift.push(blanks);
    this.sCount.push(columns);
    this.bsCount.push(0);
  }
}

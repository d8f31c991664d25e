import MarkdownIt, { type StateInline, type Token } from 'markdown-it';
import { newToken } from './markdown-token.ts';

const State: typeof StateInline = new MarkdownIt().inline.State;

/** What markdown-it knows of a block's text while it takes it apart. */
export class InlineState extends State {
  override pushPending(): Token {
    const token = newToken('text', '', 0, false, this.pendingLevel);
    token.content = this.pending;
    this.tokens.push(token);
    this.pending = '';
    return token;
  }

  /** What opens keeps the delimiters in it apart from those around it. */
  override push(type: string, tag: string, nesting: Token['nesting']): Token {
    if (this.pending !== '') this.pushPending();
    if (nesting < 0) {
      this.level -= 1;
      this.delimiters = this._prev_delimiters.pop()!;
    }
    const token = newToken(type, tag, nesting, false, this.level);
    if (nesting > 0) {
      this.level += 1;
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
    }
    this.pendingLevel = this.level;
    this.tokens.push(token);
    this.tokens_meta.push(nesting > 0 ? { delimiters: this.delimiters } : undefined);
    return token;
  }
}

import MarkdownIt, { type Token } from 'markdown-it';

const markdown = new MarkdownIt();
const { prototype } = new markdown.core.State('', markdown, {}).Token;

type Nesting = Token['nesting'];

/** The fields of markdown-it's token, which its own constructor looks up one by one by their names. */
class Fields {
  map = null;
  level: number;
  children = null;
  content = '';
  markup = '';
  info = '';
  block: boolean;
  hidden = false;
  type: string;
  tag: string;
  attrs = null;
  nesting: Nesting;
  meta = null;

  constructor(type: string, tag: string, nesting: Nesting, block: boolean, level: number) {
    this.level = level;
    this.block = block;
    this.type = type;
    this.tag = tag;
    this.nesting = nesting;
  }
}
Object.setPrototypeOf(Fields.prototype, prototype);

/** A token of markdown-it's, of a block or of a piece of a block's text, `level` elements deep. */
export function newToken(type: string, tag: string, nesting: Nesting, block: boolean, level: number): Token {
  return new Fields(type, tag, nesting, block, level) as unknown as Token;
}

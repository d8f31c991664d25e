import { type Handler, Parser } from 'htmlparser2';

/** Elements within elements that are still told apart. Readers give up long before. */
export const nestingLimit = 100;

// Their content is text to the tokenizer, which cannot be told that such an element is empty.
const textElements = new Set('iframe noembed noframes plaintext script style textarea title xmp'.split(' '));

/**
 * htmlparser2's parser, but an element nested deeper than `nestingLimit` ends where it begins, so that its content
 * becomes its sibling. The parser's work for a tag grows with the depth; unbounded, hostile input would take hours.
 */
export class BoundedParser extends Parser {
  isFlattened = false;
  #depth = 0;
  #isClosing = false;
  // The parser asks once before it reports an element and once after, when the depth has grown.
  #asked: { readonly name: string; readonly isTooDeep: boolean } | undefined;

  constructor(handler: Partial<Handler>) {
    super({
      onopentag: (name, attributes, isImplied) => {
        this.#depth += 1;
        handler.onopentag?.(name, attributes, isImplied);
      },
      onclosetag: (name, isImplied) => {
        this.#depth -= 1;
        handler.onclosetag?.(name, isImplied);
      },
      ontext: (text) => handler.ontext?.(text),
      oncomment: (text) => handler.oncomment?.(text),
    });
  }

  override onclosetag(start: number, end: number): void {
    this.#isClosing = true;
    super.onclosetag(start, end);
    this.#isClosing = false;
  }

  protected override isVoidElement(name: string): boolean {
    if (super.isVoidElement(name)) return true;
    if (this.#isClosing || name === '' || textElements.has(name)) return false;
    return this.#isTooDeep(name);
  }

  #isTooDeep(name: string): boolean {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked?.name === name) return asked.isTooDeep;
    const isTooDeep = this.#depth >= nestingLimit;
    this.#asked = { name, isTooDeep };
    this.isFlattened ||= isTooDeep;
    return isTooDeep;
  }
}

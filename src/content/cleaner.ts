import { toAbsoluteUrl } from '../lib/url.ts';
import { cleanAttributes, cleanText } from './attributes.ts';
import { droppedElements, keptElements, renamedElements, voidElements } from './elements.ts';
import { isEmbed, toEmbedLink } from './embeds.ts';
import { isLazy, withoutLaziness } from './lazy-images.ts';
import { type Attributes, element, type HtmlNode } from './tree.ts';

/** An element that is open in the source, and where its content goes: nowhere, when it is dropped. */
type Frame = { readonly source: string; readonly children: HtmlNode[] | undefined };

// `<!--more-->` of WordPress, Hugo, Zola and Hexo, Docusaurus' `<!-- truncate -->`, Jekyll's and Astro's habits.
const summaryEnd = /^\s{0,9}(?:more|truncate|excerpt|end[ -]?excerpt|read ?more)\s{0,9}$/i;

/** Builds the tree, made safe, out of a parser's events. */
export class Cleaner {
  readonly nodes: HtmlNode[] = [];
  title: string | undefined;
  /** What stands above the mark at which the editor ends the summary. */
  lead: readonly HtmlNode[] | undefined;
  readonly #frames: Frame[] = [{ source: '', children: this.nodes }];
  readonly #shown = new Set<string>();
  readonly #fromNoscript = new Set<string>();
  #base: string | undefined;
  // A lazy image just shown, whose copy in a `noscript` is not to be shown again.
  #lazy = false;
  #hasText = false;

  onopentag(source: string, attributes: Attributes): void {
    const { children } = this.#frames.at(-1)!;
    this.#frames.push({ source, children: children && this.#open(source, attributes, children) });
  }

  onclosetag(source: string): void {
    // At the end of the input the parser also closes a tag that was never reported.
    if (this.#frames.at(-1)!.source === source && this.#frames.length > 1) this.#frames.pop();
  }

  ontext(written: string): void {
    const { source, children } = this.#frames.at(-1)!;
    const text = cleanText(written);
    if (source === 'title' && !this.#isIn('svg')) this.title = (this.title ?? '') + text;
    if (children === undefined || text === '') return;
    if (text.trim() !== '') {
      this.#lazy = false;
      this.#hasText = true;
    }
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + text;
    else children.push(text);
  }

  oncomment(text: string): void {
    // At the very top such a mark begins the summary, and another ends it.
    if (summaryEnd.test(text) && (this.#hasText || this.nodes.some((node) => typeof node !== 'string')))
      this.lead ??= structuredClone(this.nodes);
  }

  /** Puts what is left of an element into `into`, and tells where its content goes. */
  #open(source: string, written: Attributes, into: HtmlNode[]): HtmlNode[] | undefined {
    if (source === 'base') this.#base ??= written.href && toAbsoluteUrl(written.href);
    if (source === 'input') return this.#checkbox(written, into);
    if (isEmbed(source)) return this.#embed(source, written, into);
    if (source === 'template' && written.shadowrootmode !== undefined) return into;
    if (droppedElements.has(source) || isHidden(source, written)) return undefined;
    const name = renamedElements.get(source) ?? source;
    if (!keptElements.has(name)) return into;
    if (name === 'img') return this.#image(written, into);
    this.#lazy &&= name === 'picture' || name === 'source';
    const children: HtmlNode[] = [];
    into.push(element(name, cleanAttributes(name, this.#adapt(name, written), this.#base), children));
    return voidElements.has(name) ? undefined : children;
  }

  #adapt(name: string, written: Attributes): Attributes {
    if (name === 'a' && written.name !== undefined) return { id: written.name, ...written };
    if (name === 'video' || name === 'audio') return { ...withoutLaziness(written), controls: '' };
    if (name === 'td' || name === 'th') return { ...alignment(written.style), ...written };
    return name === 'source' ? withoutLaziness(written) : written;
  }

  #image(written: Attributes, into: HtmlNode[]): undefined {
    const attributes = cleanAttributes('img', withoutLaziness(written), this.#base);
    const src = attributes.src ?? attributes.srcset?.split(' ')[0]?.replace(/,$/, '');
    if (src === undefined || this.#isCopy(src)) return;
    into.push(element('img', { ...attributes, src, alt: attributes.alt ?? '' }));
    this.#lazy = isLazy(written);
  }

  #isCopy(src: string): boolean {
    const isInNoscript = this.#isIn('noscript');
    const isCopy = isInNoscript ? this.#lazy || this.#shown.has(src) : this.#fromNoscript.has(src);
    (isInNoscript ? this.#fromNoscript : this.#shown).add(src);
    return isCopy;
  }

  #checkbox(written: Attributes, into: HtmlNode[]): undefined {
    if (written.type?.toLowerCase() === 'checkbox') into.push(written.checked === undefined ? '☐' : '☑');
  }

  /** A link for an embedded document; what a browser without it would show, only when there is none. */
  #embed(source: string, written: Attributes, into: HtmlNode[]): HtmlNode[] | undefined {
    const link = toEmbedLink(source, written, this.#base);
    if (link === undefined) return source === 'iframe' ? undefined : into;
    into.push(this.#isIn('p', 'a') || link.name === 'img' ? link : element('p', {}, [link]));
    return undefined;
  }

  #isIn(...names: readonly string[]): boolean {
    return this.#frames.some(({ source }) => names.includes(source));
  }
}

/** Markdown's tables align their columns by a style, which feeds cannot carry. */
function alignment(style: string | undefined): Attributes {
  const align = /^\s*text-align:\s*(left|center|right);?\s*$/.exec(style ?? '')?.[1];
  return align === undefined ? {} : { align };
}

/** What is there for the eye of a script or style sheet only, and would show twice. */
function isHidden(name: string, attributes: Attributes): boolean {
  if (name === 'dialog') return attributes.open === undefined;
  return name === 'span' && /(?:^|\s)katex-html(?:\s|$)/.test(attributes.class ?? '');
}

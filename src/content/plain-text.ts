import type { Html } from '../lib/html.ts';
import { remember } from '../lib/remember.ts';
import { type PlainText, toPlainText } from '../lib/text.ts';
import { blockElements } from './elements.ts';
import { readHtml } from './html.ts';
import { type HtmlElement, type HtmlNode, isElement } from './tree.ts';

// An article before and after an edit is looked at from several sides, one after another.
const latest = 2;

/** What a reader sees of an article's HTML: each block on a line of its own, samples of code line by line, no markup. */
export const toText: (html: Html) => PlainText = remember(latest, (html) =>
  toPlainText(toLines(readHtml(html).nodes).join('\n')),
);

/** The lines of that text. */
export function toLines(nodes: readonly HtmlNode[]): readonly string[] {
  return [...linesOf(nodes, () => false)];
}

/** The same without code, which is in no language of people. */
export function toWords(nodes: readonly HtmlNode[]): readonly string[] {
  return [...linesOf(nodes, (node) => isElement(node, 'pre', 'code', 'kbd', 'samp'))];
}

/** The running text only, a string for each block: no headings, samples, tables, captions, footnotes, lone links. */
export function toProse(nodes: readonly HtmlNode[]): Iterable<string> {
  return linesOf(nodes, isAside);
}

/** The text of a title: of one line, without what is written above the line. */
export function toTitleText(node: HtmlElement): string {
  return [...linesOf(node.children, (child) => isElement(child, 'rt', 'rp') || isNoteReference(child))].join(' ');
}

const asides: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 pre table figcaption rt rp'.split(' '));

function isAside(node: HtmlElement): boolean {
  return asides.has(node.name) || isNoteReference(node) || node.attributes.class === 'footnotes' || isLoneLink(node);
}

/** A paragraph that is but a link, as an embedded film leaves one. */
function isLoneLink({ name, children }: HtmlElement): boolean {
  return name === 'p' && children.length === 1 && isElement(children[0], 'a');
}

function isNoteReference({ name, attributes, children }: HtmlElement): boolean {
  const [link] = children;
  return (
    (name === 'sup' && isElement(link, 'a') && children.length === 1 && fragmentOf(link) !== undefined) ||
    attributes.class === 'footnote-backref'
  );
}

/** The fragment that an element links to within the same article, percent-encoding undone. */
export function fragmentOf({ attributes }: HtmlElement): string | undefined {
  if (!attributes.href?.startsWith('\u0001#')) return undefined;
  const [, fragment] = /^\u0001#([^\u0002]+)\u0002$/.exec(attributes.href) ?? [];
  if (fragment === undefined) return undefined;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Read only as far as they are asked for, a node of the top after the other. */
function* linesOf(nodes: readonly HtmlNode[], isLeftOut: (element: HtmlElement) => boolean): Generator<string> {
  let lines: string[] = [];
  let line = '';
  const endLine = (): void => {
    const text = trimSpace(collapse(line));
    if (text !== '') lines.push(text);
    line = '';
  };
  const add = (node: HtmlNode): void => {
    if (typeof node === 'string') line += node;
    else if (isLeftOut(node)) line += blockElements.has(node.name) ? ' ' : '';
    else if (node.name === 'br') endLine();
    else if (node.name === 'pre') {
      endLine();
      lines.push(...sampleLines(node));
    } else {
      const isBlock = blockElements.has(node.name);
      if (isBlock) endLine();
      for (const child of node.children) add(child);
      if (isBlock) endLine();
      else if (isElement(node, 'td', 'th')) line += ' ';
    }
  };
  for (const node of nodes) {
    add(node);
    yield* lines;
    lines = [];
  }
  endLine();
  yield* lines;
}

function sampleLines(pre: HtmlElement): readonly string[] {
  const text = (node: HtmlNode): string =>
    typeof node === 'string' ? node : node.name === 'br' ? '\n' : node.children.map(text).join('');
  return text(pre)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

function collapse(text: string): string {
  return /[\t\n\f\r]| {2}/.test(text) ? text.replace(/[ \t\n\f\r]+/g, ' ') : text;
}

function trimSpace(text: string): string {
  return text.slice(text.startsWith(' ') ? 1 : 0, text.length > 1 && text.endsWith(' ') ? -1 : undefined);
}

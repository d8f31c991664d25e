import { endsSentence, splitSentences } from '../lib/sentences.ts';
import { fits, type PlainText, toLine } from '../lib/text.ts';
import { longestTitle } from '../source/bounds.ts';
import { titleOfName } from '../source/file-name.ts';
import { titleFromText } from '../source/titles.ts';
import { toLines, toProse, toTitleText } from './plain-text.ts';
import { findElement, type HtmlElement, type HtmlNode, isBlank, isElement, withoutNode } from './tree.ts';

/** A title, and the content that no longer repeats it. */
export type Titled = { readonly title: PlainText; readonly nodes: readonly HtmlNode[] };

/** What gives a title beside the body: the file, the head of an HTML document, and, if nothing else does, its name. */
export type GivenTitles = {
  readonly own: PlainText | undefined;
  readonly document: PlainText | undefined;
  readonly file: string;
};

/** An article's title: the file's own, else a heading or short first line at the top, else the first sentence. */
export function chooseTitle(nodes: readonly HtmlNode[], given: GivenTitles): Titled {
  if (given.own !== undefined) return { title: given.own, nodes: withoutRepeatedTitle(nodes, given.own) };
  const document = given.document !== undefined && isTitle(given.document) ? given.document : undefined;
  const found = document === undefined ? titleNode(nodes) : documentHeading(nodes);
  if (found !== undefined) return { title: titleOf(found), nodes: withoutNode(nodes, found) };
  return { title: document ?? sentenceTitle(nodes) ?? titleOfName(given.file), nodes };
}

/** The first heading goes when it says again what the title says: Jekyll and Hugo bodies often begin so. */
function withoutRepeatedTitle(nodes: readonly HtmlNode[], title: PlainText): readonly HtmlNode[] {
  const first = findElement(nodes, ({ name }) => /^h[1-6]$/.test(name));
  const isRepeated = first?.name === 'h1' && keyOf(toTitleText(first)) === keyOf(title);
  return isRepeated ? withoutNode(nodes, first) : nodes;
}

/** The letters and digits alone: two titles are the same when these are. */
function keyOf(title: string): string {
  const key = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return key === '' ? title : key;
}

/** A whole document's `<title>` often names the site too, so its `h1` is better, wherever it stands. */
function documentHeading(nodes: readonly HtmlNode[]): HtmlElement | undefined {
  return findElement(nodes, (node) => node.name === 'h1' && isTitle(titleOf(node)));
}

function titleNode(nodes: readonly HtmlNode[]): HtmlElement | undefined {
  const first = firstBlock(nodes);
  if (first === undefined || !isTitle(titleOf(first))) return undefined;
  if (/^h[1-3]$/.test(first.name)) return first;
  return first.name === 'p' && isTitleLine(first) && !withoutNode(nodes, first).every(isBlank) ? first : undefined;
}

function isTitle(text: string): boolean {
  return text !== '' && text.length <= longestTitle;
}

function titleOf(node: HtmlElement): PlainText {
  return toLine(toTitleText(node));
}

const wrappers = ['div', 'section', 'article', 'header', 'hgroup'] as const;

/** The first block with any text in it, looked for inside of elements that only group. */
function firstBlock(nodes: readonly HtmlNode[]): HtmlElement | undefined {
  const first = nodes.find(hasText);
  if (!isElement(first)) return undefined;
  return isElement(first, ...wrappers) ? firstBlock(first.children) : first;
}

function hasText(node: HtmlNode): boolean {
  return typeof node === 'string' ? !isBlank(node) : node.children.some(hasText);
}

const titleLimit = 200;

/** A short line: one line, one sentence without its full stop, and no lead-in to what follows. */
function isTitleLine(paragraph: HtmlElement): boolean {
  const [line = '', ...more] = toLines(paragraph.children);
  if (line === '' || more.length > 0 || hasNewline(paragraph) || line.length > 20 * titleLimit) return false;
  if (!fits(line, titleLimit) || /[:,;：，；、]$/.test(line)) return false;
  return !endsSentence(line) && splitSentences(line).length === 1;
}

function hasNewline({ children }: HtmlElement): boolean {
  return children.some((child) => (typeof child === 'string' ? child.trim().includes('\n') : hasNewline(child)));
}

function sentenceTitle(nodes: readonly HtmlNode[]): PlainText | undefined {
  const text = [...toProse(nodes), ...toLines(nodes)].find((line) => /\p{L}/u.test(line));
  return text === undefined ? undefined : toLine(titleFromText(text.slice(0, 20 * titleLimit))) || undefined;
}

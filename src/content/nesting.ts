import { paragraphEnders } from './elements.ts';
import { fitTable, tableParts } from './tables.ts';
import { element, type HtmlElement, type HtmlNode, isBlank, isElement } from './tree.ts';

/** What the rules ask of an element's surroundings. */
type Place = {
  readonly parent: HtmlElement | undefined;
  readonly inLink: boolean;
  readonly inHeading: boolean;
  /** Terms and descriptions may stand here: in a `dl`, or in a `div` of one. */
  readonly inTerms: boolean;
};

const top: Place = { parent: undefined, inLink: false, inHeading: false, inTerms: false };
const heading = /^h[1-6]$/;

/**
 * The tree nested so that no HTML parser builds another one from it: no block in a paragraph, no link in a link, rows
 * only in tables. What cannot stay where it is gives way to its content; what has none is left out.
 */
export function fitNesting(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return fitAll(nodes, top);
}

function fitAll(nodes: readonly HtmlNode[], place: Place): HtmlNode[] {
  const fitted: HtmlNode[] = [];
  for (const node of nodes) {
    if (typeof node === 'string') put(node, fitted);
    else for (const one of fit(node, place)) put(one, fitted);
  }
  return fitted;
}

function fit(node: HtmlElement, place: Place): readonly HtmlNode[] {
  if (node.name === 'table') {
    const { stray, table } = fitTable(node, (cell) => fitAll(cell.children, { ...top, parent: cell }));
    return [...fitAll(stray, place), ...(table === undefined ? [] : [table])];
  }
  if (node.name === 'a' && node.attributes.href === undefined)
    return [...toAnchor(node), ...fitAll(node.children, place)];
  const placed = atItsPlace(node, place);
  if (placed === undefined) return fitAll(node.children, place);
  const children = fitAll(contentOf(placed), {
    parent: placed,
    inLink: place.inLink || placed.name === 'a',
    inHeading: place.inHeading || heading.test(placed.name),
    inTerms: placed.name === 'dl' || (placed.name === 'div' && isElement(place.parent, 'dl')),
  });
  return finish(placed, children);
}

/** The element, or the one that can stand at its place; undefined when only its content can. */
function atItsPlace(node: HtmlElement, { parent, inLink, inHeading, inTerms }: Place): HtmlElement | undefined {
  const { name } = node;
  if (tableParts.has(name)) return undefined;
  if (name === 'a') return inLink ? undefined : node;
  if (heading.test(name)) return inHeading ? undefined : node;
  if (name === 'li') return isElement(parent, 'ul', 'ol') ? node : asDiv(node);
  if (name === 'dt' || name === 'dd') return inTerms ? node : asDiv(node);
  if (name === 'rt' || name === 'rp') return isElement(parent, 'ruby') ? node : undefined;
  if (name === 'figcaption') return isElement(parent, 'figure') ? node : asDiv(node);
  if (name === 'summary') return isElement(parent, 'details') ? node : asDiv(node);
  if (name === 'source') return isElement(parent, 'picture', 'audio', 'video') ? node : undefined;
  if (name === 'track') return isElement(parent, 'audio', 'video') ? node : undefined;
  return node;
}

/** A place to link to, empty: whatever it was wrapped around may hold links. */
function toAnchor({ attributes: { id } }: HtmlElement): readonly HtmlNode[] {
  return id === undefined ? [] : [element('a', { id })];
}

function asDiv({ attributes, children }: HtmlElement): HtmlElement {
  const { value, ...rest } = attributes;
  return element('div', rest, children);
}

function contentOf({ name, children }: HtmlElement): readonly HtmlNode[] {
  const [first] = children;
  // The newline after `<pre>` is the source's layout.
  return name === 'pre' && typeof first === 'string' && first.startsWith('\n')
    ? [first.slice(1), ...children.slice(1)]
    : children;
}

/** The element around its fitted content, unless that shows that it is none. */
function finish(node: HtmlElement, children: readonly HtmlNode[]): readonly HtmlNode[] {
  const { name, attributes } = node;
  if (name === 'p') return finishParagraph(node, children);
  if (name === 'figure') return children.every(isBlank) ? [] : [{ ...node, children }];
  if (name === 'picture') return contains(children, (child) => child.name === 'img') ? [{ ...node, children }] : [];
  if ((name === 'audio' || name === 'video') && attributes.src === undefined) {
    const sources = children.filter((child) => isElement(child, 'source') && child.attributes.src !== undefined);
    if (sources.length === 0) return children.filter((child) => !isElement(child, 'source', 'track'));
  }
  return [{ ...node, children }];
}

/** A paragraph that a block stands in can only be a `div`. */
function finishParagraph(node: HtmlElement, children: readonly HtmlNode[]): readonly HtmlNode[] {
  if (children.every(isBlank) && node.attributes.id === undefined) return [];
  const hasBlock = contains(children, ({ name }) => paragraphEnders.has(name));
  return [{ ...node, name: hasBlock ? 'div' : 'p', children }];
}

function contains(nodes: readonly HtmlNode[], test: (element: HtmlElement) => boolean): boolean {
  return nodes.some((node) => typeof node !== 'string' && (test(node) || contains(node.children, test)));
}

/** Adds a node; neighbouring texts become one, since a parser would read them so. */
function put(node: HtmlNode, into: HtmlNode[]): void {
  const last = into.at(-1);
  if (typeof node === 'string' && typeof last === 'string') into[into.length - 1] = last + node;
  else if (node !== '') into.push(node);
}

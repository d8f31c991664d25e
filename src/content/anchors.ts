import { fragmentOf, toTitleText } from './plain-text.ts';
import { type HtmlElement, type HtmlNode, isElement } from './tree.ts';

const heading = /^h[1-6]$/;

/**
 * Headings without the link to themselves that generators put into them (`#`, `¶`), and with the id that a link in
 * the same article leads to: generators make it of the heading's words, so the file does not show it.
 */
export function tidyHeadings(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const wanted = new Set<string>();
  const present = new Set<string>();
  collect(nodes, wanted, present);
  return tidyAll(nodes, (heading) => {
    if (wanted.size === 0) return undefined;
    const id = idOf(toTitleText(heading));
    if (!wanted.has(id) || present.has(id)) return undefined;
    present.add(id);
    return id;
  });
}

function collect(nodes: readonly HtmlNode[], wanted: Set<string>, present: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const { id } = node.attributes;
    if (id !== undefined) present.add(id);
    const fragment = fragmentOf(node);
    if (fragment !== undefined) wanted.add(fragment);
    collect(node.children, wanted, present);
  }
}

/** Gives the id of a heading that a link leads to. */
type FindId = (heading: HtmlElement) => string | undefined;

function tidyAll(nodes: readonly HtmlNode[], findId: FindId): readonly HtmlNode[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    if (heading.test(node.name)) return tidy(node, findId);
    const children = tidyAll(node.children, findId);
    return children.every((child, i) => child === node.children[i]) ? node : { ...node, children };
  });
}

function tidy(node: HtmlElement, findId: FindId): HtmlElement {
  const own = node.children.find(isSelfLink);
  const children = own === undefined ? node.children : node.children.filter((child) => child !== own);
  const id = node.attributes.id ?? (isElement(own) ? own.attributes.id : undefined) ?? findId({ ...node, children });
  return { ...node, attributes: id === undefined ? node.attributes : { ...node.attributes, id }, children };
}

function isSelfLink(node: HtmlNode): boolean {
  return isElement(node) && fragmentOf(node) !== undefined && /^[\s#¶§🔗∞]*$/u.test(toTitleText(node));
}

/** As GitHub, Hugo, Jekyll and most others make it. */
function idOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

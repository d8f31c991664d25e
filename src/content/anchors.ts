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
  return tidyAll(nodes, (id) => wanted.has(id) && !present.has(id) && present.add(id) !== undefined);
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

function tidyAll(nodes: readonly HtmlNode[], isMissing: (id: string) => boolean): readonly HtmlNode[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    if (heading.test(node.name)) return tidy(node, isMissing);
    const children = tidyAll(node.children, isMissing);
    return children.every((child, i) => child === node.children[i]) ? node : { ...node, children };
  });
}

function tidy(node: HtmlElement, isMissing: (id: string) => boolean): HtmlElement {
  const own = node.children.find(isSelfLink);
  const children = own === undefined ? node.children : node.children.filter((child) => child !== own);
  const made = idOf(toTitleText({ ...node, children }));
  const id =
    node.attributes.id ?? (isElement(own) ? own.attributes.id : undefined) ?? (isMissing(made) ? made : undefined);
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

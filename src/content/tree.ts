import { isBlank as isBlankText } from '../lib/text.ts';

/** Of an element, by name. */
export type Attributes = Readonly<Record<string, string>>;

/** An element of the tree between the HTML parser and the HTML we write. */
export type HtmlElement = {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly HtmlNode[];
};

/** Text (never markup), or an element. */
export type HtmlNode = string | HtmlElement;

/** An element; its attributes are written in the order given. */
export function element(name: string, attributes: Attributes = {}, children: readonly HtmlNode[] = []): HtmlElement {
  return { name, attributes, children };
}

/** True for an element with one of the names, or any element when none are given. */
export function isElement(node: HtmlNode | undefined, ...names: readonly string[]): node is HtmlElement {
  return typeof node === 'object' && (names.length === 0 || names.includes(node.name));
}

/** True for text that shows as nothing: white space, no-break and zero-width spaces. */
export function isBlank(node: HtmlNode): boolean {
  return typeof node === 'string' && isBlankText(node);
}

/** The first element, in document order, that passes the test. */
export function findElement(
  nodes: readonly HtmlNode[],
  test: (element: HtmlElement) => boolean,
): HtmlElement | undefined {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const found = test(node) ? node : findElement(node.children, test);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The tree without one node; elements that held nothing else go with it. */
export function withoutNode(nodes: readonly HtmlNode[], gone: HtmlElement): readonly HtmlNode[] {
  for (const [i, node] of nodes.entries()) {
    if (node === gone) return nodes.toSpliced(i, 1);
    if (typeof node === 'string') continue;
    const children = withoutNode(node.children, gone);
    if (children === node.children) continue;
    return children.every(isBlank) ? nodes.toSpliced(i, 1) : nodes.with(i, { ...node, children });
  }
  return nodes;
}

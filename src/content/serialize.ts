import type { Html } from '../lib/html.ts';
import { voidElements } from './elements.ts';
import type { HtmlElement, HtmlNode } from './tree.ts';

/**
 * The tree as HTML that is well-formed XML too: void elements end in ` />`, attributes stand in double quotes, and
 * the only character references are the four that both know.
 */
export function toHtml(nodes: readonly HtmlNode[]): Html {
  let html = '';
  for (const node of nodes) html += write(node);
  return html as Html;
}

function write(node: HtmlNode): string {
  if (typeof node === 'string') return escapeText(node);
  const start = `<${node.name}${writeAttributes(node)}`;
  if (voidElements.has(node.name)) return `${start} />`;
  // A parser drops the newline that follows `<pre>`, so that one that is meant has to be written twice.
  const [first] = node.children;
  const newline = node.name === 'pre' && typeof first === 'string' && first.startsWith('\n') ? '\n' : '';
  return `${start}>${newline}${toHtml(node.children)}</${node.name}>`;
}

function writeAttributes({ attributes }: HtmlElement): string {
  let written = '';
  for (const [name, value] of Object.entries(attributes))
    written += ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`;
  return written;
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

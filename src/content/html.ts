import { compact } from '../source/compact.ts';
import { BoundedParser } from './bounded-parser.ts';
import { Cleaner } from './cleaner.ts';
import { fitNesting } from './nesting.ts';
import type { HtmlNode } from './tree.ts';

/** HTML read and made safe. */
export type CleanHtml = {
  /** Only kept elements and attributes, nested as HTML allows; every URL absolute or a mark. */
  readonly nodes: readonly HtmlNode[];
  /** The text of a document's `<title>`. */
  readonly title?: string;
  /** What stands above `<!--more-->`, where there is one. */
  readonly lead?: readonly HtmlNode[];
  /** Something was nested too deep and stands beside what it stood in. */
  readonly isFlattened: boolean;
};

/** The one way into stored HTML: any text, read as browsers read HTML, less all that a feed must not carry. */
export function readHtml(source: string): CleanHtml {
  const cleaner = new Cleaner();
  const parser = new BoundedParser(cleaner);
  parser.end(source);
  return toCleanHtml(cleaner, parser.isFlattened);
}

/** What a cleaner was told of, all of it closed. */
export function toCleanHtml({ nodes, title, lead }: Cleaner, isFlattened: boolean): CleanHtml {
  return compact<CleanHtml>({ nodes: fitNesting(nodes), title, lead: lead && fitNesting(lead), isFlattened });
}

import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';

const eta = new Eta({ views: import.meta.dirname, cache: true, autoEscape: true });

/** What a page may load, besides what lies on its own site: Content-Security-Policy's sources. */
export type PageSources = {
  /** Styles and scripts: hash sources of those that stand in the page (CSP3 §2.3.1), or `'self'`. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** Origins of other sites that pictures, sounds and films of an article come from. */
  readonly media?: readonly string[];
  /** Whether the page shows what embedding looks like. */
  readonly previews?: boolean;
  /** Whether the page has forms, which are sent to its own site. */
  readonly hasForms?: boolean;
  /** Whether other sites may show the page in a frame. */
  readonly isFrame?: boolean;
  /** Whether the page is also looked at over connections that are not secure although PUBLIC_URL is. */
  readonly isAnywhere?: boolean;
};

/** A page, and what it has to be allowed to load. */
export type Page = { readonly html: string; readonly sources: PageSources };

/** Fills a template of this folder. Everything in `data` is escaped, unless the template says otherwise. */
export function renderTemplate(name: string, data: object): string {
  return eta.render(`./${name}.eta`, data);
}

/** A stylesheet or script that stands in the page itself, with its CSP hash source. */
export type Inline = { readonly text: string; readonly source: string };

/** Reads one from a file below this folder. */
export function readInline(file: string): Inline {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s+/g, '\n')
    .trim();
  return { text, source: `'sha256-${hash('sha256', text, 'base64')}'` };
}

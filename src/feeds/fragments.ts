import type { Problem } from '../lib/problem.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { Entry, EntryText } from '../store/records.ts';
import { entryBound } from './entry-bound.ts';
import { documentBytes } from './fit.ts';
import { type FeedEntry, type Format, type Fragment, formats } from './model.ts';
import { renderers } from './renderers.ts';
import { type Site, type Terms, urlOf } from './site.ts';
import { toFeedEntry } from './view.ts';

/** An entry in every format, and how many bytes each takes. */
export type Rendering = Readonly<Record<Format, SizedFragment>>;

export type SizedFragment = Fragment & { readonly bytes: number };

/** Renderings by entry, revision and mode: what did not change is rendered once, for every feed that holds it. */
export class FragmentCache<R extends Partial<Rendering>> {
  readonly #renderings = new Map<string, R>();
  readonly #limit: number;
  #bytes = 0;

  /** `limit` in bytes of all renderings together; the longest unused go first. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): R | undefined {
    const rendering = this.#renderings.get(key);
    if (rendering !== undefined) {
      this.#renderings.delete(key);
      this.#renderings.set(key, rendering);
    }
    return rendering;
  }

  put(key: string, rendering: R): void {
    this.#bytes += totalBytes(rendering) - totalBytes(this.#renderings.get(key) ?? {});
    this.#renderings.delete(key);
    this.#renderings.set(key, rendering);
    for (const [oldest, old] of this.#renderings) {
      if (this.#bytes <= this.#limit) break;
      this.#renderings.delete(oldest);
      this.#bytes -= totalBytes(old);
    }
  }

  clear(): void {
    this.#renderings.clear();
    this.#bytes = 0;
  }
}

/** The name under which an entry's rendering is kept; in a store that went back a revision may come twice. */
export function fragmentKey(entry: Entry, mode: 'full' | 'summary'): string {
  return `${entry.revision} ${entry.changed} ${mode} ${entry.id}`;
}

/** Renders an entry in all formats, or says why it cannot be published. */
export function renderFragments(
  entry: Entry,
  text: EntryText | undefined,
  site: Site,
  terms: Terms,
  mode: 'full' | 'summary',
): Rendering | Problem {
  try {
    const rendering = render(entry, text, site, terms, mode);
    if (!isTooBig(rendering)) return rendering;
    if (mode === 'full') return renderFragments(entry, text, site, terms, 'summary');
    throw new Error('expected at most 1 MB without its content, found more');
  } catch (error) {
    return {
      severity: 'error',
      file: entry.file,
      message: `feeds: ${JSON.stringify(entry.title)}: ${(error as Error).message}`,
    };
  }
}

// In a document's place for it, such an entry would leave none to any other.
function isTooBig(rendering: Rendering): boolean {
  return formats.some((format) => rendering[format].bytes > documentBytes);
}

function render(
  entry: Entry,
  text: EntryText | undefined,
  site: Site,
  terms: Terms,
  mode: 'full' | 'summary',
): Rendering {
  const view = toFeedEntry(entry, text, site, terms, mode);
  const scheme = urlOf(site, '/tags/');
  const rendered = formats.map((format) => [format, toSized(renderers[format].renderEntry(view, scheme))] as const);
  return Object.fromEntries(rendered) as Rendering;
}

/** An entry as every document carries it, with its summary only where it is too big otherwise; none where it cannot be. */
export function viewOf(
  entry: Entry,
  text: EntryText | undefined,
  site: Site,
  terms: Terms,
  mode: 'full' | 'summary',
): FeedEntry | undefined {
  try {
    const view = toFeedEntry(entry, text, site, terms, mode);
    if (mode === 'summary' || entryBound(view, urlOf(site, '/tags/')) <= documentBytes) return view;
    const isWhole = !isTooBig(render(entry, text, site, terms, mode));
    return isWhole ? view : toFeedEntry(entry, text, site, terms, 'summary');
  } catch {
    // Reported when the live document was made.
    return undefined;
  }
}

/** Entries in one format. Throws when one of them cannot be published. */
export function renderSized(
  views: readonly FeedEntry[],
  scheme: AbsoluteUrl,
  format: Format,
): readonly SizedFragment[] {
  return renderers[format].renderEntries(views, scheme).map(toSized);
}

/** The fragments of those entries that can be published: the others were reported when the live document was made. */
export function renderSound(views: readonly FeedEntry[], scheme: AbsoluteUrl, format: Format): readonly Fragment[] {
  const { renderEntry, renderEntries } = renderers[format];
  try {
    return renderEntries(views, scheme);
  } catch {
    return views.flatMap((view) => {
      try {
        return [renderEntry(view, scheme)];
      } catch {
        return [];
      }
    });
  }
}

function toSized(fragment: Fragment): SizedFragment {
  return { ...fragment, bytes: Buffer.byteLength(fragment.text) };
}

function totalBytes(rendering: Partial<Rendering>): number {
  return formats.reduce((sum, format) => sum + (rendering[format]?.bytes ?? 0), 0);
}

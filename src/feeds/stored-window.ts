import type { Entry, EntryText } from '../store/records.ts';
import type { HistoryParts } from './archive.ts';
import { entryBound } from './entry-bound.ts';
import { allFit, fit } from './fit.ts';
import { type FragmentCache, fragmentKey, type Rendering, renderFragments, renderSized } from './fragments.ts';
import { contentModeOf } from './head.ts';
import { type FeedEntry, type Format, type Fragment, formats } from './model.ts';
import { urlOf } from './site.ts';
import { toFeedEntry } from './view.ts';
import type { Shown } from './window.ts';

/** An entry in the formats that were asked for, and the bytes that it takes at most in any. */
export type StoredRendering = Partial<Rendering> & { readonly bound: number };

/** What a live document is made of, with the renderings of entries that are known. */
export type StoredDocumentParts = HistoryParts & { readonly fragments: FragmentCache<StoredRendering> };

/** Those of the window that a document shows, and the fragment of each by the entry's id. */
export type RenderedWindow = { readonly shown: readonly Shown[]; readonly fragments: ReadonlyMap<string, Fragment> };

/** An entry as it is known, and how it is to be rendered where it was not in the format that is asked for. */
type Draft = Pick<StoredRendering, 'bound'> & {
  readonly entry: Entry;
  readonly before: StoredRendering | undefined;
  readonly view: FeedEntry | undefined;
};

/**
 * The window's entries in one format. Which of them a document shows depends on all formats; the others are rendered only
 * where the bounds leave it open.
 */
export async function renderWindow(
  parts: StoredDocumentParts,
  window: readonly Shown[],
  format: Format,
): Promise<RenderedWindow> {
  const missing = window.filter(({ entry }) => known(parts, entry)?.[format] === undefined);
  const texts = await parts.store.texts(missing.map(({ entry }) => entry.id));
  return renderSure(parts, window, texts, format) ?? renderAll(parts, window, format);
}

/** Undefined where not all are sure to be shown. */
function renderSure(
  parts: StoredDocumentParts,
  window: readonly Shown[],
  texts: ReadonlyMap<string, EntryText>,
  format: Format,
): RenderedWindow | undefined {
  try {
    const drafts = window.map(({ entry }) => toDraft(parts, entry, texts.get(entry.id), format));
    if (!allFit(drafts.map(({ bound }) => bound))) return undefined;
    const fresh = drafts.filter(({ view }) => view !== undefined);
    const made = renderSized(
      fresh.map(({ view }) => view!),
      urlOf(parts.site, '/tags/'),
      format,
    );
    const fragments = new Map<string, Fragment>();
    for (const { entry, before } of drafts) if (before?.[format]) fragments.set(entry.id, before[format]);
    for (const [index, { entry, before, bound }] of fresh.entries()) {
      parts.fragments.put(keyOf(parts, entry), { ...before, bound, [format]: made[index]! });
      fragments.set(entry.id, made[index]!);
    }
    return { shown: window, fragments };
  } catch {
    // Which entry cannot be published is found out where each is rendered by itself.
    return undefined;
  }
}

/** As many as fit by what they take in all formats. */
async function renderAll(
  parts: StoredDocumentParts,
  window: readonly Shown[],
  format: Format,
): Promise<RenderedWindow> {
  const { store, site, terms } = parts;
  const renderings = new Map<string, Rendering>();
  for (const { entry } of window) {
    const { rss, atom, json } = known(parts, entry) ?? {};
    if (rss && atom && json) renderings.set(entry.id, { rss, atom, json });
  }
  const missing = window.filter(({ entry }) => !renderings.has(entry.id));
  const texts = await store.texts(missing.map(({ entry }) => entry.id));
  for (const { entry } of missing) {
    const made = renderFragments(entry, texts.get(entry.id), site, terms, modeOf(parts, entry));
    // Reported when it was published; here it is only left out.
    if ('severity' in made) continue;
    renderings.set(entry.id, made);
    const bound = Math.max(...formats.map((one) => made[one].bytes));
    parts.fragments.put(keyOf(parts, entry), { ...made, bound });
  }
  const rendered = window.filter(({ entry }) => renderings.has(entry.id));
  const fragments = new Map(Array.from(renderings, ([id, rendering]) => [id, rendering[format]]));
  return { shown: fit(rendered, renderings), fragments };
}

function toDraft(parts: StoredDocumentParts, entry: Entry, text: EntryText | undefined, format: Format): Draft {
  const before = known(parts, entry);
  if (before?.[format] !== undefined) return { entry, bound: before.bound, before, view: undefined };
  const view = toFeedEntry(entry, text, parts.site, parts.terms, modeOf(parts, entry));
  return { entry, bound: entryBound(view, urlOf(parts.site, '/tags/')), before, view };
}

function known(parts: StoredDocumentParts, entry: Entry): StoredRendering | undefined {
  return parts.fragments.get(keyOf(parts, entry));
}

function keyOf(parts: StoredDocumentParts, entry: Entry): string {
  return fragmentKey(entry, modeOf(parts, entry));
}

function modeOf({ site, feed }: StoredDocumentParts, entry: Entry): 'full' | 'summary' {
  return entry.content ?? contentModeOf(site, feed.name);
}

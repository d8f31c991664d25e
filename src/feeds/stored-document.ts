import type { Instant } from '../lib/instant.ts';
import type { Entry } from '../store/records.ts';
import { type HistoryParts, historyLinks } from './archive.ts';
import { fit } from './documents.ts';
import { fateOf } from './fate.ts';
import { type Rendering, renderFragments } from './fragments.ts';
import { documentPath, settingsOf, toHead } from './head.ts';
import type { FeedHead, Format } from './model.ts';
import { renderers } from './renderers.ts';
import { urlOf } from './site.ts';
import { inShownOrder, type Shown } from './window.ts';

/** A feed's live document made from the store alone: the same bytes as those that the last refresh made. */
export async function renderStored(parts: HistoryParts, format: Format, now: Instant): Promise<string> {
  const { store, site, feed } = parts;
  const above = await store.places(feed.name, { from: feed.floor + 1, to: feed.places });
  const active = above.filter((one) => one.active && !one.archiveOnly).toReversed();
  const window = active.slice(0, feed.limit).map(({ of, place }) => ({ entry: of, place }));
  const renderings = await renderAll(parts, window);
  const shown = fit(
    window.filter(({ entry }) => renderings.has(entry.id)),
    renderings,
  );
  const entries = inShownOrder(shown);
  const below = await store.places(feed.name, { floor: feed.floor, offset: 0, limit: 1 });
  const hasHistory = active.length > shown.length || below.length > 0;
  const head: FeedHead = {
    ...toHead(site, feed, entries, fateOf(site, feed.name, now) === 'expired'),
    self: urlOf(site, documentPath(feed.name, format)),
    links: hasHistory ? historyLinks(site, feed, format) : [],
  };
  const fragments = entries.map((entry) => renderings.get(entry.id)![format]);
  return renderers[format].renderDocument(head, fragments);
}

async function renderAll(
  { store, site, terms, feed }: HistoryParts,
  window: readonly Shown[],
): Promise<ReadonlyMap<string, Rendering>> {
  const mode = settingsOf(site, feed.name)?.content ?? site.publication.content;
  const texts = await store.texts(window.map(({ entry }) => entry.id));
  const render = (entry: Entry): Rendering | undefined => {
    const made = renderFragments(entry, texts.get(entry.id), site, terms, entry.content ?? mode);
    return 'severity' in made ? undefined : made;
  };
  const all = window.map(({ entry }) => [entry.id, render(entry)] as const);
  return new Map(all.filter((one): one is readonly [string, Rendering] => one[1] !== undefined));
}

import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import type { Format } from '../src/feeds/model.ts';
import type { Item } from './harness.ts';

/** What a reader takes from one entry, alike in all formats. */
export type ReadEntry = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Milliseconds since 1970, whole seconds: RSS has no others. */
  readonly published: number;
  readonly updated: number;
  readonly tags: readonly string[];
  readonly content: string;
};

/** A document as a reader sees it. `older` is where its history goes on. */
export type ReadDocument = { readonly entries: readonly ReadEntry[]; readonly older: string | undefined };

/** Reads a document of ours: XML by feedsmith, JSON by JSON.parse. */
export function readDocument(format: Format, text: string): ReadDocument {
  return readers[format](text);
}

const readers: Readonly<Record<Format, (text: string) => ReadDocument>> = {
  rss: (text) => {
    const feed = parseRssFeed(text);
    const entries = (feed.items ?? []).map((item) => ({
      id: item.guid!.value!,
      url: item.link!,
      title: item.title!,
      published: Date.parse(String(item.pubDate)),
      updated: toSecond(String(item.atom!.updated)),
      tags: (item.categories ?? []).map(({ name }) => name!),
      content: item.content?.encoded ?? '',
    }));
    return { entries, older: olderLink(feed.atom?.links) };
  },
  atom: (text) => {
    const feed = parseAtomFeed(text);
    const entries = (feed.entries ?? []).map((entry) => ({
      id: entry.id!,
      url: entry.links!.find(({ rel }) => rel === 'alternate')!.href!,
      title: entry.title!.value!,
      published: toSecond(String(entry.published)),
      updated: toSecond(String(entry.updated)),
      tags: (entry.categories ?? []).map(({ label }) => label!),
      content: entry.content?.type === 'html' ? entry.content.value! : '',
    }));
    return { entries, older: olderLink(feed.links) };
  },
  json: (text) => {
    const feed = JSON.parse(text) as { items: readonly Item[]; next_url?: string };
    const entries = feed.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      published: toSecond(item.date_published),
      updated: toSecond(item.date_modified),
      tags: item.tags ?? [],
      content: item.content_html ?? '',
    }));
    return { entries, older: feed.next_url };
  },
};

function toSecond(date: string): number {
  return Math.floor(Date.parse(date) / 1000) * 1000;
}

function olderLink(
  links: readonly { readonly rel?: string; readonly href?: string }[] | undefined,
): string | undefined {
  return links?.find(({ rel }) => rel === 'prev-archive')?.href;
}

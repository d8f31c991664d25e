import { expect } from 'vitest';
import { documentPath } from '../../src/feeds/head.ts';
import { type Format, formats } from '../../src/feeds/model.ts';
import type { Desk } from '../harness.ts';
import { walkHistory } from '../history.ts';
import { type ReadDocument, type ReadEntry, readDocument } from '../read-document.ts';
import type { Story } from './model.ts';

const feeds = ['all', 'articles', 'headlines'] as const;
type Feed = (typeof feeds)[number];
type Sight = { readonly text: string; readonly etag: string; readonly read: ReadDocument };

/** Reads the main feeds in all formats after every look, as readers do: by id. Finds fault with what it should not get. */
export class Subscriber {
  readonly #desk: Desk;
  readonly #byId = new Map<string, Story>();
  readonly #sights = new Map<string, Sight>();
  /** Ids that slid out of a feed. */
  readonly #slid = new Map<Feed, Set<string>>(feeds.map((feed) => [feed, new Set()]));
  /** Ids that were ever in a feed, live document and archives together. */
  readonly #members = new Map<Feed, Set<string>>(feeds.map((feed) => [feed, new Set()]));

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Reads everything once, and compares it with what the stories say there should be. */
  read(stories: ReadonlySet<Story>): void {
    const documents = new Map(feeds.map((feed) => [feed, this.#readFeed(feed)] as const));
    for (const entry of documents.get('all')!) this.#meet(entry, stories);
    for (const story of stories) {
      if (story.isLive && story.id === undefined) throw new Error(`never shown: ${story.title}`);
    }
    this.#expectNoTrace(stories);
    for (const feed of feeds) this.#checkWindow(feed, documents.get(feed)!, membersOf(feed, stories));
  }

  /** Walks every feed's history in every format. */
  async walk(stories: ReadonlySet<Story>): Promise<void> {
    for (const feed of feeds) {
      const expected = [...membersOf(feed, stories)].toSorted();
      for (const format of formats) {
        expect((await walkHistory(this.#desk, feed, format)).toSorted(), `${feed} in ${format}`).toEqual(expected);
      }
    }
  }

  #readFeed(feed: Feed): readonly ReadEntry[] {
    const [rss, atom, json] = formats.map((format) => this.#readDocument(feed, format));
    expect(rss, `${feed}: RSS and Atom`).toEqual(atom);
    expect(json, `${feed}: JSON and Atom`).toEqual(atom);
    expect(new Set(atom!.map(({ id }) => id)).size).toBe(atom!.length);
    return atom!;
  }

  /** A document with the same entries has the same bytes and tag. */
  #readDocument(feed: Feed, format: Format): readonly ReadEntry[] {
    const path = documentPath(feed, format);
    const { text, etag } = this.#desk.documents.get(path)!;
    const before = this.#sights.get(path);
    if (before?.text === text) {
      expect(etag, path).toBe(before.etag);
      return before.read.entries;
    }
    const read = readDocument(format, text);
    expect(etag, path).not.toBe(before?.etag);
    expect(read, `${path} has other bytes`).not.toEqual(before?.read);
    this.#sights.set(path, { text, etag, read });
    return read.entries;
  }

  #meet(entry: ReadEntry, stories: ReadonlySet<Story>): void {
    let story = this.#byId.get(entry.id);
    if (story === undefined) {
      story = [...stories].find(({ id, isLive, title }) => id === undefined && isLive && title === entry.title);
      if (story === undefined) throw new Error(`shown and not expected: ${JSON.stringify(entry)}`);
      story.id = entry.id;
      story.published = entry.published;
      story.updated = entry.published;
      this.#byId.set(entry.id, story);
    }
    this.#compare(entry, story);
  }

  #compare(entry: ReadEntry, story: Story): void {
    const { now } = this.#desk;
    if (!story.isLive) throw new Error(`shown though withdrawn: ${JSON.stringify(entry)}`);
    story.published = story.date ?? story.published!;
    const updated = Math.max(story.isMoved ? now : story.updated!, story.published);
    const { title, published, tags } = story;
    expect({
      title: entry.title,
      published: entry.published,
      updated: entry.updated,
      tags: entry.tags.toSorted(),
    }).toEqual({
      title,
      published,
      updated,
      tags: tags.toSorted(),
    });
    if (entry.published > now) throw new Error(`shown early: ${JSON.stringify(entry)}`);
    if (story.link !== undefined) expect(entry.url).toBe(story.link);
    else expect(entry.url).toContain(story.isArticle ? '/articles/' : '/headlines/');
    if (story.isArticle) expect(lettersOf(entry.content.replace(/<[^>]+>/g, ''))).toBe(lettersOf(story.text.join('')));
    story.updated = updated;
  }

  /** What was withdrawn is in no document at all. */
  #expectNoTrace(stories: ReadonlySet<Story>): void {
    const withdrawn = [...stories].filter(({ id, isLive }) => id !== undefined && !isLive);
    for (const [path, { text }] of this.#desk.documents) {
      for (const { id, title } of withdrawn)
        if (text.includes(`${id}`)) throw new Error(`${title} is still in ${path}`);
    }
  }

  /** Nothing comes back from below, and nothing new is missing. */
  #checkWindow(feed: Feed, entries: readonly ReadEntry[], members: ReadonlySet<string>): void {
    const shown = new Set(entries.map(({ id }) => id));
    const former = this.#members.get(feed)!;
    const slid = this.#slid.get(feed)!;
    for (const id of shown) {
      if (!members.has(id)) throw new Error(`${id} does not belong into ${feed}`);
      if (slid.has(id)) throw new Error(`${id} came back into ${feed}`);
    }
    for (const id of members) {
      if (!shown.has(id) && !former.has(id)) throw new Error(`${id} is missing in ${feed}`);
      if (!shown.has(id)) slid.add(id);
      former.add(id);
    }
    expect(shown.size).toBeLessThanOrEqual(20);
  }
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}

function membersOf(feed: Feed, stories: ReadonlySet<Story>): ReadonlySet<string> {
  const fits = ({ isArticle }: Story): boolean => feed === 'all' || isArticle === (feed === 'articles');
  return new Set([...stories].filter((story) => story.isLive && fits(story)).map(({ id }) => id!));
}

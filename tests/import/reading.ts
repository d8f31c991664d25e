import RssParser from 'rss-parser';
import { SaxesParser } from 'saxes';
import { documentPath } from '../../src/feeds/head.ts';
import type { Format } from '../../src/feeds/model.ts';
import { escapeHtml } from '../../src/lib/html.ts';
import type { Desk } from '../harness.ts';
import { archive } from '../history.ts';

/** An entry as a reader sees it that has nothing to do with the import's own. */
export type Seen = {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970; absent when the document has no date. */
  readonly date?: number;
  readonly updated?: number;
  readonly html: string;
  readonly tags: readonly string[];
};

/** The entries of a desk's feed of everything and its archives, in the order of their ids. */
export async function readAll(desk: Desk, format: Format): Promise<readonly Seen[]> {
  const documents = [desk.text(documentPath('all', format))];
  for (let n = 1; ; n += 1) {
    const older = await archive(desk, 'all', n, format);
    if (older === undefined) break;
    documents.push(older);
  }
  const entries = new Map<string, Seen>();
  for (const text of documents) for (const entry of await readSeen(text)) entries.set(entry.id, entry);
  return [...entries.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

type XmlItem = RssParser.Item & {
  readonly id?: string;
  readonly about?: string;
  readonly updated?: string;
  readonly published?: string;
  readonly date?: string;
  readonly summary?: unknown;
  readonly description?: string;
  readonly terms?: readonly { readonly $: { readonly term: string; readonly label?: string } }[];
  readonly subjects?: readonly string[];
  readonly 'content:encoded'?: string;
};

const parser = new RssParser<object, XmlItem>({
  customFields: {
    item: [
      'updated',
      'published',
      'description',
      ['atom:updated', 'updated'],
      ['dc:subject', 'subjects', { keepArray: true }],
      ['category', 'terms', { keepArray: true }],
    ],
  },
});

/** The entries of a feed's document in any format: XML by rss-parser, JSON by JSON.parse. */
export async function readSeen(text: string): Promise<readonly Seen[]> {
  if (text.startsWith('{')) return readJson(text);
  const { items } = await parser.parseString(text);
  const unescaped = readUnescaped(text);
  return items.map((item, index) => {
    const date = item.published ?? item.pubDate ?? item.date ?? item.updated;
    return seen({
      id: item.guid ?? item.id ?? item.link,
      title: item.title,
      date,
      updated: item.updated,
      html:
        unescaped.get(index) ??
        item['content:encoded'] ??
        item.content ??
        (typeof item.summary === 'string' ? item.summary : undefined),
      tags: [...tagsOf(item), ...(item.subjects ?? [])],
    });
  });
}

function tagsOf({ terms, categories }: XmlItem): readonly string[] {
  if (terms?.every(({ $ }) => $?.term !== undefined)) return terms.map(({ $ }) => $.label ?? $.term);
  return (categories ?? []).map((tag) => (typeof tag === 'string' ? tag : (tag as { _: string })._));
}

/** Content of Atom entries that is text, or elements, which rss-parser puts out of order: by the entry's index. */
function readUnescaped(xml: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (!xml.includes('<entry')) return found;
  let entry = -1;
  let depth = 0;
  let hasElements = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'entry') entry += 1;
    if (depth > 0) hasElements = true;
    else if (name === 'content') hasElements = attributes.type !== 'html';
    if (depth > 0 || name === 'content') depth += 1;
  });
  parser.on('closetag', ({ name }) => {
    depth = Math.max(0, depth - 1);
    if (name === 'content' && !hasElements) found.delete(entry);
  });
  const take = (text: string): void => {
    if (depth > 0) found.set(entry, (found.get(entry) ?? '') + escapeHtml(text));
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.write(xml).close();
  return found;
}

type JsonItem = {
  readonly id: string | number;
  readonly title?: string;
  readonly content_html?: string;
  readonly content_text?: string;
  readonly date_published?: string;
  readonly date_modified?: string;
  readonly tags?: readonly string[];
};

function readJson(text: string): readonly Seen[] {
  const { items } = JSON.parse(text, keepDigits) as { items: readonly JsonItem[] };
  return items.map((item) =>
    seen({
      id: String(item.id),
      title: item.title,
      date: item.date_published ?? item.date_modified,
      updated: item.date_modified,
      html: item.content_html ?? escapeHtml(item.content_text ?? ''),
      tags: item.tags,
    }),
  );
}

// Ids are numbers longer than JavaScript's.
function keepDigits(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === 'id' && typeof value === 'number' ? context?.source : value;
}

function seen(item: {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly updated: string | undefined;
  readonly html: string | undefined;
  readonly tags: readonly string[] | undefined;
}): Seen {
  const [date, updated] = [item.date, item.updated].map((at) => (at === undefined ? Number.NaN : Date.parse(at)));
  return {
    id: item.id?.trim() ?? '',
    title: typeof item.title === 'string' ? item.title : '',
    ...(Number.isNaN(date) ? {} : { date: date! }),
    ...(Number.isNaN(updated) ? {} : { updated: updated! }),
    html: item.html ?? '',
    tags: (item.tags ?? []).map((tag) => tag.trim().replace(/\s+/g, ' ')),
  };
}

import RssParser from 'rss-parser';

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

type XmlItem = RssParser.Item & {
  readonly id?: string;
  readonly about?: string;
  readonly updated?: string;
  readonly published?: string;
  readonly date?: string;
  readonly summary?: unknown;
  readonly description?: string;
  readonly terms?: readonly { readonly $: { readonly term: string; readonly label?: string } }[];
  readonly 'content:encoded'?: string;
};

const parser = new RssParser<object, XmlItem>({
  customFields: {
    item: [
      'updated',
      'published',
      'description',
      ['atom:updated', 'updated'],
      ['category', 'terms', { keepArray: true }],
    ],
  },
});

/** The entries of a feed's document in any format: XML by rss-parser, JSON by JSON.parse. */
export async function readSeen(text: string): Promise<readonly Seen[]> {
  if (text.startsWith('{')) return readJson(text);
  const { items } = await parser.parseString(text);
  return items.map((item) => {
    const date = item.published ?? item.pubDate ?? item.date ?? item.updated;
    return seen({
      id: item.guid ?? item.id ?? item.link,
      title: item.title,
      date,
      updated: item.updated,
      html: item['content:encoded'] ?? item.content ?? (typeof item.summary === 'string' ? item.summary : undefined),
      tags: item.terms?.every((term) => typeof term === 'object' && term.$?.term !== undefined)
        ? item.terms.map(({ $ }) => $.label ?? $.term)
        : item.categories?.map((tag) => (typeof tag === 'string' ? tag : (tag as { _: string })._)),
    });
  });
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
  const { items } = JSON.parse(text) as { items: readonly JsonItem[] };
  return items.map((item) =>
    seen({
      id: String(item.id),
      title: item.title,
      date: item.date_published ?? item.date_modified,
      updated: item.date_modified,
      html: item.content_html ?? item.content_text,
      tags: item.tags,
    }),
  );
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
    id: item.id ?? '',
    title: item.title ?? '',
    ...(Number.isNaN(date) ? {} : { date: date! }),
    ...(Number.isNaN(updated) ? {} : { updated: updated! }),
    html: item.html ?? '',
    tags: item.tags ?? [],
  };
}

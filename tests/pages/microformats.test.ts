import { mf2 } from 'microformats-parser';
import { expect, test } from 'vitest';
import { Desk } from '../harness.ts';

type Person = { readonly name: string; readonly url?: string };
type Properties = Readonly<Record<string, readonly (string | { readonly properties: Properties })[]>>;
type Node = { readonly type?: readonly string[]; readonly properties: Properties; readonly children?: readonly Node[] };

const feeds = ['/', '/articles/', '/headlines/', '/tags/sea/', '/authors/ana/'];

test.each(feeds)('a microformats parser reads on %s what the feed says', async (folder) => {
  const desk = await published();
  const { items } = JSON.parse(desk.text(`${folder}feed.json`)) as { items: readonly Record<string, unknown>[] };
  const page = mf2(await pageOf(desk, folder), { baseUrl: `https://news.example.com${folder}` }) as unknown as {
    items: readonly Node[];
  };
  const entries = page.items
    .flatMap((node) => [node, ...(node.children ?? [])])
    .filter(({ type }) => type?.includes('h-entry'));
  expect(entries.length).toBeGreaterThan(0);
  const read = entries.map(({ properties }) => toEntry(properties));
  const said = items.map((item) => ({
    url: item.url,
    title: item.title,
    published: instant(item.date_published),
    updated: instant(item.date_modified),
    authors: ((item.authors ?? []) as readonly Person[]).map(({ name, url }) => ({ name, url })),
  }));
  const byUrl = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
    String(a.url).localeCompare(String(b.url));
  expect(read.toSorted(byUrl)).toEqual(said.toSorted(byUrl));
});

test('an entry’s own page says the same of it as the feed', async () => {
  const desk = await published();
  const page = mf2(desk.text('/articles/harbour'), {
    baseUrl: 'https://news.example.com/articles/harbour',
  }) as unknown as { items: readonly Node[] };
  const item = desk.item('Harbour & <Pier>');
  const { properties } = page.items.find(({ type }) => type?.includes('h-entry'))!;
  const { url, title, published: at, updated } = toEntry(properties);
  expect({ url, title, at, updated }).toEqual({
    url: item.url,
    title: item.title,
    at: instant(item.date_published),
    updated: instant(item.date_modified),
  });
  expect(properties.category).toEqual(item.tags);
});

/** A feed's page, from the edition or made on demand. */
async function pageOf(desk: Desk, folder: string): Promise<string> {
  const kept = desk.documents.get(folder);
  return kept === undefined ? (await desk.answer(folder.slice(0, -1))).text : kept.text;
}

/** Milliseconds may be written or not. */
function instant(text: unknown): number {
  return Date.parse(String(text));
}

function toEntry({ url, name, published: at, updated, author = [] }: Properties): Record<string, unknown> {
  const authors = author.map((one) => {
    if (typeof one === 'string') return { name: one, url: undefined };
    return { name: one.properties.name?.[0], url: one.properties.url?.[0] };
  });
  return { url: url?.[0], title: name?.[0], published: instant(at?.[0]), updated: instant(updated?.[0]), authors };
}

async function published(): Promise<Desk> {
  const desk = new Desk();
  desk.write({
    'publication.yaml': 'title: The Pier\ntimezone: Pacific/Auckland\nlanguage: en\n',
    'harbour.md': `---\ntitle: Harbour & <Pier>\ndate: 2026-02-03 10:00\nupdated: 2026-02-04\ntags: [Sea, Boats]\nauthor: { name: Ana, url: https://ana.example/ }\n---\nText.\n`,
    'mole.md': `---\ntitle: The mole\ndate: 2026-02-02\ntags: [Sea]\nauthors: [Ana, "Béla & Co"]\n---\nText.\n`,
    'headlines.txt': '## Sea\nFerry sails on Sundays too\nBridge opens https://elsewhere.example/bridge\n',
  });
  await desk.refresh();
  return desk;
}

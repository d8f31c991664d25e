/** What a client knows of a document: its tag as it was sent, the tag's opaque part, and Last-Modified. */
type Known = { readonly tag: string; readonly opaque: string; readonly date: string };

/**
 * Headers that a client sends, and the answer's status. `file`: that of a server that sends exported files, where it
 * cannot do the same.
 */
export type Condition = {
  readonly name: string;
  readonly headers: (known: Known) => readonly string[];
  readonly status: 200 | 304;
  readonly file?: 200 | 304 | 400;
};

const earlier = ({ date }: Known, seconds: number): string => new Date(Date.parse(date) - seconds * 1000).toUTCString();

const spelled = (name: string, spell: (opaque: string) => string, file: 200 | 304 = 304): readonly Condition[] => [
  { name: `its tag as ${name}`, headers: ({ opaque }) => [`If-None-Match: ${spell(opaque)}`], status: 304, file },
  {
    name: `its tag as ${name}, and an older date`,
    headers: (known) => [`If-None-Match: ${spell(known.opaque)}`, `If-Modified-Since: ${earlier(known, 3600)}`],
    status: 304,
    // Both conditions have to hold there.
    file: 200,
  },
];

const others = (...tags: readonly (readonly [string, (opaque: string) => string])[]): readonly Condition[] =>
  tags.map(([name, spell]) => ({
    name: `${name} and a newer date`,
    headers: ({ opaque }) => [
      `If-None-Match: ${spell(opaque)}`,
      `If-Modified-Since: ${new Date(Date.now() + 3_600_000).toUTCString()}`,
    ],
    status: 200,
  }));

const since = (name: string, status: 200 | 304, date: (known: Known) => string): Condition => ({
  name: `${name} as its date`,
  headers: (known) => [`If-Modified-Since: ${date(known)}`],
  status,
});

/** Every condition that readers were seen to send, and a few more. */
export const conditions: readonly Condition[] = [
  ...spelled('W/"…"', (x) => `W/"${x}"`),
  ...spelled('"…"', (x) => `"${x}"`),
  ...spelled('bare text', (x) => x, 200),
  ...spelled('"…-gzip"', (x) => `"${x}-gzip"`, 200),
  ...spelled('W/"…-gzip"', (x) => `W/"${x}-gzip"`, 200),
  ...spelled('"…-br"', (x) => `"${x}-br"`, 200),
  ...spelled('"…--gzip"', (x) => `"${x}--gzip"`, 200),
  ...spelled('"…;gzip"', (x) => `"${x};gzip"`, 200),
  ...spelled('the second of a list', (x) => `W/"a", W/"${x}"`),
  ...spelled('*', () => '*'),
  {
    name: 'two lines of tags',
    headers: ({ tag }) => ['If-None-Match: "a"', `If-None-Match: ${tag}`],
    status: 304,
    file: 400,
  },
  {
    name: 'its tag, and that it wants nothing from caches',
    headers: ({ tag }) => [`If-None-Match: ${tag}`, 'Cache-Control: no-cache', 'Pragma: no-cache'],
    status: 304,
  },
  {
    name: 'its tag and its date',
    headers: ({ tag, date }) => [`If-None-Match: ${tag}`, `If-Modified-Since: ${date}`],
    status: 304,
  },
  ...others(
    ['an empty tag', () => '""'],
    ['another tag', () => '"other"'],
    ['a longer tag', (x) => `"${x}x"`],
    ['a tag of long ago', () => 'W/"1000000000-AAAAAAAAAAAAAAAA"'],
  ),
  since('Last-Modified', 304, ({ date }) => date),
  since('a later one', 304, (known) => earlier(known, -60)),
  since('one a second before', 200, (known) => earlier(known, 1)),
  since('the first of this millennium', 200, () => 'Sat, 01 Jan 2000 00:00:00 GMT'),
  since('a word', 200, () => 'yesterday'),
  since('a number', 200, () => '0'),
];

/** What a client accepts, the encoding it gets, and the one that a server of exported files gives in its place. */
export const encodings: readonly (readonly [
  accepted: string,
  coding: 'br' | 'gzip' | undefined,
  file: 'br' | 'gzip' | undefined,
])[] = [
  ['br, gzip', 'br', 'br'],
  ['gzip, deflate, br, zstd', 'br', 'br'],
  // Weights are nothing to it.
  ['gzip;q=1, br;q=0.5', 'gzip', 'br'],
  ['gzip, deflate', 'gzip', 'gzip'],
  ['deflate', undefined, undefined],
  ['identity', undefined, undefined],
  ['gzip;q=0', undefined, undefined],
];

/** Queries that change nothing, and those of pages that are not there. */
export const sameQueries: readonly string[] =
  '?utm_source=x ?_=123 ?page=1 ?page=0 ?page=-2 ?page=x ?page=1.5 ?paged='.split(' ');
export const missingPages: readonly string[] = [
  '?page=2',
  '?paged=99',
  '?x=1&page=3',
  '?page=9999999999',
  `?page=${'9'.repeat(40)}`,
  '?page=2#part',
];

/** Names of feeds in a feed's folder, and the documents that they stand for. */
export const aliases: readonly (readonly [alias: string, name: string])[] = [
  ...'feed feed/ rss rss/ rss/feed.xml feed.xml feed.rss index.xml index.rss'
    .split(' ')
    .map((alias) => [alias, 'rss.xml'] as const),
  ['atom', 'atom.xml'],
  ['feed.atom', 'atom.xml'],
];

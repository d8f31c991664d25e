import { describe, expect, test } from 'vitest';
import { type FeedEntry, type FeedHead, formats } from '../../src/feeds/model.ts';
import { renderers } from '../../src/feeds/renderers.ts';
import type { Html } from '../../src/lib/html.ts';
import type { Instant } from '../../src/lib/instant.ts';
import { toLine } from '../../src/lib/text.ts';
import { readXml } from './read-xml.ts';
import {
  archiveHead,
  article,
  entries,
  fullHead,
  headline,
  headlineWithSummary,
  pictureOnly,
  plainHead,
  render,
  tagScheme,
  url,
} from './samples.ts';

const rssOf = (entry: FeedEntry, head: FeedHead = plainHead): ReturnType<typeof readXml> =>
  readXml(render('rss', head, [entry]));
const atomOf = (entry: FeedEntry, head: FeedHead = plainHead): ReturnType<typeof readXml> =>
  readXml(render('atom', head, [entry]));
const itemOf = (entry: FeedEntry): Record<string, unknown> =>
  (JSON.parse(render('json', plainHead, [entry])) as { items: [Record<string, unknown>] }).items[0];

test('an RSS item never has content without a description before it', () => {
  const { summary: _, ...rest } = article;
  const text = render('rss', plainHead, [{ ...rest, title: toLine('Only a <table>') } as FeedEntry]);
  expect(text.indexOf('<description><![CDATA[Only a &lt;table&gt;]]></description>')).toBeGreaterThan(0);
  expect(text.lastIndexOf('<description>')).toBeLessThan(text.indexOf('<content:encoded>'));
});

describe.each(formats)('a document in %s', (format) => {
  test('names its media type and charset', () => {
    const type = { rss: 'rss+xml', atom: 'atom+xml', json: 'feed+json' }[format];
    expect(renderers[format].contentType).toBe(`application/${type}; charset=utf-8`);
  });

  test('begins with its first byte and has no empty element', () => {
    const text = render(format, fullHead, entries);
    expect(text[0]).toBe(format === 'json' ? '{' : '<');
    expect(text).not.toMatch(/<([\w:]+)[^>]*><\/\1>|=""|: ""|: null|: \[\]|undefined/);
  });

  test('has the same bytes every time and leaves its input as it was', () => {
    const before = structuredClone([fullHead, entries]);
    expect(render(format, fullHead, entries)).toBe(render(format, fullHead, entries));
    expect([fullHead, entries]).toEqual(before);
  });

  test('is put together from fragments to the letter', () => {
    const { renderEntry, renderDocument } = renderers[format];
    const fragments = entries.map((entry) => renderEntry(entry, tagScheme));
    const text = renderDocument(fullHead, fragments);
    for (const fragment of fragments) expect(text).toContain(fragment.text);
  });

  test('is rendered alike whether entries come together or one by one', () => {
    const { renderEntry, renderEntries } = renderers[format];
    const marks = '<item>\n        <item>\n    <entry>\n        </item>\n    </entry><![CDATA[-';
    const title = toLine(`<title><![CDATA[-]]></title> $& ${marks}`);
    const contentHtml = `${marks}]]&gt;<content:encoded><![CDATA[-]]&gt;</content:encoded>` as Html;
    const talkative = { ...article, title, summary: title, contentHtml, authors: [{ name: title }] };
    const all = [...entries, talkative, { ...talkative, contentHtml: `${marks}]]>` as Html }, article];
    const fragments = renderEntries(all, tagScheme);
    expect(fragments).toEqual(all.map((entry) => renderEntry(entry, tagScheme)));
    expect(renderEntries([], tagScheme)).toEqual([]);
    expect(() => renderEntries([...all, { ...article, updated: Number.NaN as Instant }], tagScheme)).toThrow();
  });

  test('holds content that speaks of feeds', () => {
    const markup = '\n        <updated>\n    </entry>\n        </item>\n    </channel>\n</feed>\n    ]\n}';
    const html = `<p>A <code>&lt;item&gt;</code></p>${markup}<item><title>-</title>"items": [ { ] }` as Html;
    const talkative = { ...article, contentHtml: html, title: toLine('</item><item> $& "items": [{') };
    const text = render(format, plainHead, [talkative, article]);
    const contents = {
      rss: () => readXml(text)('rss/channel/item/content:encoded'),
      atom: () => readXml(text)('feed/entry/content'),
      json: () => (JSON.parse(text) as { items: { content_html: string }[] }).items.map((item) => item.content_html),
    };
    expect(contents[format]()).toEqual([html, article.contentHtml]);
  });
});

describe('RSS', () => {
  test('declares a namespace only where it is used', () => {
    const plain = render('rss', { ...plainHead, authors: fullHead.authors }, [headline]);
    expect([...plain.matchAll(/xmlns:(\w+)/g)].map(([, prefix]) => prefix)).toEqual(['atom', 'sy']);
    const rich = render('rss', plainHead, [headline, article]);
    const prefixes = ['atom', 'content', 'dc', 'media', 'sy', 'creativeCommons'];
    expect([...rich.matchAll(/xmlns:(\w+)/g)].map(([, prefix]) => prefix)).toEqual(prefixes);
  });

  test('says when it was built by the newest change and has no pubDate without entries', () => {
    const empty = readXml(render('rss', plainHead, []));
    expect(empty('rss/channel/lastBuildDate')).toEqual(['Sun, 08 Feb 2026 12:00:00 GMT']);
    expect(empty('rss/channel/pubDate')).toEqual([]);
    expect(empty('rss/channel/item')).toEqual([]);
  });

  test('gives its title for a description that is missing', () => {
    expect(rssOf(article)('rss/channel/description')).toEqual(['Harbour News']);
  });

  test.each([
    [5, '12'],
    [7, '9'],
    [45, '1'],
    [60, '1'],
  ])('polled every %i minutes says %s times an hour', (ttl, frequency) => {
    const read = rssOf(article, { ...plainHead, ttl });
    expect(read('rss/channel/ttl')).toEqual([String(ttl)]);
    expect(read('rss/channel/sy:updatePeriod')).toEqual(['hourly']);
    expect(read('rss/channel/sy:updateFrequency')).toEqual([frequency]);
  });

  test.each([
    ['image/png', 1],
    ['image/jpeg', 1],
    ['image/gif', 1],
    ['image/svg+xml', 0],
    ['image/webp', 0],
  ])('with a logo of type %s has %i image', (type, count) => {
    const read = rssOf(article, { ...plainHead, logo: { url: url('/logo'), type } });
    expect(read('rss/channel/image')).toHaveLength(count);
  });

  test('names who publishes it: the first with an e-mail address as managingEditor, else all as dc:creator', () => {
    const [ana, desk] = fullHead.authors;
    const editors = (authors: FeedHead['authors']): readonly (readonly string[])[] => {
      const read = rssOf(headline, { ...plainHead, authors });
      return [read('rss/channel/managingEditor'), read('rss/channel/dc:creator')];
    };
    expect(editors([desk!, ana!])).toEqual([['ana@news.example.com (Ana Böhm)'], []]);
    expect(editors([desk!, { name: toLine('Li Wei') }])).toEqual([[], ['The desk', 'Li Wei']]);
  });

  test('carries every writer as dc:creator, but a single one with an e-mail address as author', () => {
    const ana = article.authors[0]!;
    const li = article.authors[1]!;
    const creator = 'rss/channel/item/dc:creator';
    const author = 'rss/channel/item/author';
    const both = rssOf({ ...article, authors: [ana, li] });
    expect([both(creator), both(author)]).toEqual([['Ana Böhm', 'Li Wei <desk>'], []]);
    const mailed = rssOf({ ...article, authors: [ana] });
    expect([mailed(creator), mailed(author)]).toEqual([[], ['ana@news.example.com (Ana Böhm)']]);
    const named = rssOf({ ...article, authors: [li] });
    expect([named(creator), named(author)]).toEqual([['Li Wei <desk>'], []]);
  });

  test('has one enclosure, the first sound or film or file, and media:content for all else', () => {
    const read = rssOf(article);
    expect(read('rss/channel/item/enclosure@url')).toEqual([url('/media/horn.mp3')]);
    const others = ['/media/marlin.jpg', '/media/launch.mp4', '/media/plan.pdf?v=1&w=2'].map(url);
    expect(read('rss/channel/item/media:content@url')).toEqual(others);
    expect(read('rss/channel/item/media:content@medium')).toEqual(['image', 'video', 'document']);
    expect(read('rss/channel/item/media:thumbnail@url')).toEqual([url('/media/marlin.jpg')]);
    const names = [...render('rss', plainHead, [article]).matchAll(/<(enclosure|media:content) /g)].map(
      ([, name]) => name,
    );
    expect(names[0]).toBe('enclosure');
    expect(rssOf(pictureOnly)('rss/channel/item/enclosure')).toEqual([]);
  });

  test('says length 0 of an enclosure whose size is not known', () => {
    const media = [{ role: 'audio', url: url('/a.mp3'), type: 'audio/mpeg' } as const];
    const entry = { ...article, media };
    expect(rssOf(entry)('rss/channel/item/enclosure@length')).toEqual(['0']);
    expect(itemOf(entry).attachments).toEqual([{ url: url('/a.mp3'), mime_type: 'audio/mpeg' }]);
  });

  test('has the summary before the content, and none for a headline without one', () => {
    const text = render('rss', plainHead, [article]);
    expect(text.indexOf('<description><![CDATA[')).toBeLessThan(text.indexOf('<content:encoded>'));
    expect(rssOf(headline)('rss/channel/item/description')).toEqual([]);
    expect(rssOf(headlineWithSummary)('rss/channel/item/description')).toEqual([
      'Spring tide &amp; wind from the west.',
    ]);
  });

  test('speaks of webfeeds only when the publication does', () => {
    expect(render('rss', fullHead, [article])).not.toContain('webfeeds');
    const read = rssOf(article, archiveHead);
    expect(read('rss/channel/webfeeds:accentColor')).toEqual(['00aa88']);
    expect(read('rss/channel/webfeeds:cover@image')).toEqual([url('/cover.jpg')]);
  });
});

describe('Atom', () => {
  test('has the language of the feed on the feed, and on an entry only its own', () => {
    const read = readXml(render('atom', fullHead, entries));
    expect(read('feed@xml:lang')).toEqual(['en-GB']);
    expect(read('feed/entry@xml:lang')).toEqual(['de']);
    expect(atomOf(headline)('feed@xml:lang')).toEqual([]);
  });

  test('keeps an id to the letter that is no URL, or one that a browser would rewrite', () => {
    for (const atomId of ['tag:example.org,2026:ä&b', 'http://EXAMPLE.org', 'urn:ISBN:0-395-36341-1']) {
      expect(atomOf({ ...article, atomId })('feed/entry/id')).toEqual([atomId]);
    }
  });

  test('has a headline as its own content, or its summary', () => {
    expect(atomOf(headline)('feed/entry/content')).toEqual(['Lights on along the quay']);
    expect(atomOf(headlineWithSummary)('feed/entry/content')).toEqual(['Spring tide & wind from the west.']);
    expect(atomOf(headline)('feed/entry/content@type')).toEqual(['text']);
  });

  test('has links for all that belongs to an entry', () => {
    const read = atomOf(article);
    const enclosures = Array.from({ length: 4 }, () => 'enclosure');
    expect(read('feed/entry/link@rel')).toEqual(['alternate', 'related', 'license', ...enclosures]);
    expect(read('feed/entry/link@length')).toEqual(['90210', '48213', '0', '0']);
  });

  test.each([
    ['audio/mpeg', ['/media/one', '/media/picture', '/media/two']],
    ['image/png', ['/media/picture', '/media/one', '/media/two']],
  ])('has %s and the picture in the order in which programs take the first', (type, paths) => {
    const image = { role: 'image', url: url('/media/picture'), type: 'image/jpeg' } as const;
    const one = { role: 'file', url: url('/media/one'), type } as const;
    const two = { role: 'file', url: url('/media/two'), type: 'text/csv' } as const;
    const read = atomOf({ ...pictureOnly, image, media: [one, two] });
    expect(read('feed/entry/link@href').slice(1)).toEqual(paths.map(url));
  });

  test('says of its page and of itself what they are', () => {
    const read = atomOf(article);
    expect(read('feed/link@rel')).toEqual(['alternate', 'self']);
    expect(read('feed/link@type')).toEqual(['text/html', 'application/atom+xml']);
    expect(read('feed/link@href')).toEqual([plainHead.page, plainHead.self]);
  });

  test('names its generator with an address and without a version', () => {
    const read = atomOf(article);
    expect(read('feed/generator')).toEqual(['Linecaster']);
    expect(read('feed/generator@uri')).toHaveLength(1);
    expect(read('feed/generator@version')).toEqual([]);
  });

  test('marks an archive document', () => {
    expect(atomOf(article, archiveHead)('feed/fh:archive')).toHaveLength(1);
    expect(atomOf(article)('feed/fh:archive')).toHaveLength(0);
    expect(atomOf(article, archiveHead)('feed/link@rel')).toContain('prev-archive');
  });
});

describe('JSON Feed', () => {
  test('has text where there is no HTML, and never both', () => {
    expect(itemOf(article)).not.toHaveProperty('content_text');
    expect(itemOf(headline)).toMatchObject({ content_text: 'Lights on along the quay' });
    expect(itemOf(headline)).not.toHaveProperty('content_html');
    expect(itemOf(headline)).not.toHaveProperty('summary');
    expect(itemOf(headlineWithSummary)).toMatchObject({ content_text: 'Spring tide & wind from the west.' });
  });

  test('says where an entry leads elsewhere that has a page here', () => {
    expect(itemOf(article)).toMatchObject({ url: article.url, external_url: article.externalUrl });
    expect(itemOf(headline)).not.toHaveProperty('external_url');
  });

  test('says expired only of a feed that ended', () => {
    expect(JSON.parse(render('json', archiveHead, []))).toMatchObject({ expired: true, items: [] });
    expect(JSON.parse(render('json', plainHead, []))).not.toHaveProperty('expired');
  });
});

import { parseFeed as parseRowan } from '@rowanmanning/feed-parser';
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { expect, test } from 'vitest';
import { toLine, toPlainText } from '../../src/lib/text.ts';
import { arbitraryWords, toArticle, toHead, toHtml, type Words } from './arbitrary-text.ts';
import { readXml } from './read-xml.ts';
import { article, headFor, plainHead, render } from './samples.ts';

const runs = { numRuns: 150 };

function documentsOf(words: Words): { rss: string; atom: string; json: string } {
  const [head, article] = [toHead(words), toArticle(words)];
  return {
    rss: render('rss', headFor('rss', head), [article]),
    atom: render('atom', headFor('atom', head), [article]),
    json: render('json', headFor('json', head), [article]),
  };
}

/** What a browser makes of HTML text without tags. */
function decodeHtml(html: string | undefined): string | undefined {
  return html?.replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name]!);
}

test('every text comes back to the letter from a strict parser', () => {
  fc.assert(
    fc.property(arbitraryWords, (words) => {
      const { rss, atom, json } = documentsOf(words);
      const inRss = readXml(rss);
      expect(inRss('rss/channel/title')).toEqual([words.feedTitle]);
      expect(inRss('rss/channel/image/title')).toEqual([words.feedTitle]);
      expect(inRss('rss/channel/description')).toEqual([words.feedDescription]);
      expect(inRss('rss/channel/copyright')).toEqual([words.rights]);
      expect(inRss('rss/channel/category')).toEqual(words.tags);
      expect(inRss('rss/channel/item/guid')).toEqual([words.id]);
      expect(inRss('rss/channel/item/title')).toEqual([words.title]);
      expect(inRss('rss/channel/item/description').map(decodeHtml)).toEqual([words.summary]);
      expect(inRss('rss/channel/item/content:encoded')).toEqual([toHtml(words)]);
      expect(inRss('rss/channel/item/dc:creator')).toEqual(words.authors);
      expect(inRss('rss/channel/item/category')).toEqual(words.tags);
      expect(inRss('rss/channel/item/media:content/media:title')).toEqual([words.alt]);
      expect(inRss('rss/channel/item/media:content/media:description')).toEqual([words.caption]);
      expect(inRss('rss/channel/item/media:content/media:credit')).toEqual([words.credit]);

      const inAtom = readXml(atom);
      expect(inAtom('feed/title')).toEqual([words.feedTitle]);
      expect(inAtom('feed/subtitle')).toEqual([words.feedDescription]);
      expect(inAtom('feed/rights')).toEqual([words.rights]);
      expect(inAtom('feed/author/name')).toEqual(words.authors);
      expect(inAtom('feed/entry/title')).toEqual([words.title]);
      expect(inAtom('feed/entry/summary')).toEqual([words.summary]);
      expect(inAtom('feed/entry/content')).toEqual([toHtml(words)]);
      expect(inAtom('feed/entry/author/name')).toEqual(words.authors);
      expect(inAtom('feed/entry/category@label')).toEqual(words.tags);
      expect(inAtom('feed/entry/category@term')).toEqual(words.tags);
      expect(inAtom('feed/entry/link@title')).toEqual([words.caption, words.alt]);

      expect(JSON.parse(json)).toMatchObject({
        title: words.feedTitle,
        description: words.feedDescription,
        authors: words.authors.map((name) => ({ name })),
        items: [
          {
            id: words.id,
            title: words.title,
            summary: words.summary,
            content_html: toHtml(words),
            authors: words.authors.map((name) => ({ name })),
            tags: words.tags,
            attachments: [{ title: words.caption }],
            _image: { alt: words.alt, caption: words.caption, credit: words.credit },
          },
        ],
      });
    }),
    runs,
  );
});

test('every character that XML allows survives in a title and in a summary, and no other is sent', () => {
  for (let first = 0; first < 0x110000; first += 0x2000) {
    const all = Array.from({ length: 0x2000 }, (_, index) => String.fromCodePoint(first + index)).join('');
    const words = { title: toLine(`(${all})`), summary: toPlainText(`(${all})`) };
    const entry = { ...article, ...words };
    expect(readXml(render('rss', plainHead, [entry]))('rss/channel/item/title')).toEqual([words.title]);
    expect(readXml(render('atom', plainHead, [entry]))('feed/entry/summary')).toEqual([words.summary]);
    expect(JSON.parse(render('json', plainHead, [entry]))).toMatchObject({ items: [words] });
  }
});

test('feedsmith reads the same words from all three formats', () => {
  fc.assert(
    fc.property(arbitraryWords, (words) => {
      const { rss, atom, json } = documentsOf(words);
      const inRss = parseRssFeed(rss);
      const item = inRss.items![0]!;
      const inAtom = parseAtomFeed(atom);
      const entry = inAtom.entries![0]!;
      const inJson = parseJsonFeed(json);
      const wanted = {
        feedTitle: words.feedTitle,
        feedDescription: words.feedDescription,
        title: words.title,
        summary: words.summary,
        html: toHtml(words),
        authors: words.authors,
        tags: words.tags,
      };
      expect({
        feedTitle: inRss.title,
        feedDescription: inRss.description,
        title: item.title,
        summary: decodeHtml(item.description),
        html: item.content?.encoded,
        authors: item.dc?.creators,
        tags: item.categories?.map(({ name }) => name),
      }).toEqual(wanted);
      expect({
        feedTitle: inAtom.title?.value,
        feedDescription: inAtom.subtitle?.value,
        title: entry.title?.value,
        summary: entry.summary?.value,
        html: entry.content?.value,
        authors: entry.authors?.map(({ name }) => name),
        tags: entry.categories?.map(({ label }) => label),
      }).toEqual(wanted);
      expect({
        feedTitle: inJson.title,
        feedDescription: inJson.description,
        title: inJson.items?.[0]?.title,
        summary: inJson.items?.[0]?.summary,
        html: inJson.items?.[0]?.content_html,
        authors: inJson.items?.[0]?.authors?.map(({ name }) => name),
        tags: inJson.items?.[0]?.tags,
      }).toEqual(wanted);
      expect(item.guid?.value).toBe(words.id);
      expect(inJson.items?.[0]?.id).toBe(words.id);
    }),
    runs,
  );
});

test('rss-parser reads the same words from RSS and Atom', async () => {
  const parser = new RssParser<object, { summary?: string; 'content:encoded'?: string }>();
  await fc.assert(
    fc.asyncProperty(arbitraryWords, async (words) => {
      const { rss, atom } = documentsOf(words);
      const inRss = await parser.parseString(rss);
      const item = inRss.items[0]!;
      expect(inRss.title).toBe(words.feedTitle);
      expect(inRss.description).toBe(words.feedDescription);
      expect(item.guid).toBe(words.id);
      expect(item.title).toBe(words.title);
      expect(decodeHtml(item.content)).toBe(words.summary);
      expect(item['content:encoded']).toBe(toHtml(words));
      expect(item.categories).toEqual(words.tags);
      const inAtom = await parser.parseString(atom);
      const entry = inAtom.items[0]!;
      expect(inAtom.title).toBe(words.feedTitle);
      expect(entry.title).toBe(words.title);
      expect(entry.summary).toBe(words.summary);
      expect(entry.content).toBe(toHtml(words));
    }),
    runs,
  );
});

test('@rowanmanning/feed-parser finds every entry under its own id', () => {
  fc.assert(
    fc.property(fc.array(arbitraryWords, { minLength: 2, maxLength: 5 }), (all) => {
      const head = toHead(all[0]!);
      const ids = all.map((_, index) => `urn:example:${index}`);
      const articles = all.map((words, index) => ({ ...toArticle(words), id: ids[index]!, atomId: ids[index]! }));
      const inRss = parseRowan(render('rss', headFor('rss', head), articles));
      const inAtom = parseRowan(render('atom', headFor('atom', head), articles));
      expect(inRss.items.map(({ id }) => id)).toEqual(ids);
      expect(inAtom.items.map(({ id }) => id)).toEqual(ids);
    }),
    { numRuns: 50 },
  );
});

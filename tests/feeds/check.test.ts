import { expect, test } from 'vitest';
import { atom } from '../../src/feeds/atom.ts';
import { checkJson, checkXml } from '../../src/feeds/check.ts';
import { rss } from '../../src/feeds/rss.ts';
import type { Html } from '../../src/lib/html.ts';
import type { PlainText } from '../../src/lib/text.ts';
import { article, plainHead, tagScheme } from './samples.ts';

test.each([
  ['an element that stays open', '<a><b></a>'],
  ['a bare ampersand', '<a>b & c</a>'],
  ['a prefix that is not declared', '<a><dc:creator>b</dc:creator></a>'],
  ['an attribute that stands twice', '<a b="1" b="2"/>'],
  ['a character that XML forbids', '<a>\u0008</a>'],
  ['a lone surrogate', '<a>\ud800</a>'],
  ['a stray end of a CDATA section', '<a>]]></a>'],
  ['nothing at all', ''],
])('%s is refused', (_, xml) => {
  expect(() => checkXml(xml, {})).toThrow('expected well-formed XML');
});

test('a text that reads back otherwise is named with what was expected and what was found', () => {
  expect(() => checkXml('<a><b>c</b></a>', { 'a/b': 'd' })).toThrow('expected a/b to read back as "d", found "c"');
  expect(() => checkXml('<a/>', { 'a/b': 'd' })).toThrow('expected a/b to read back as "d", found nothing');
  expect(() => checkXml('<a><b>c</b><b>c</b></a>', { 'a/b': 'c' })).toThrow('found "cc"');
  expect(() => checkJson('{"id":"a"}', { id: 'b' })).toThrow('expected id to read back as "b", found "a"');
});

test('a text is put together from character data, references and CDATA sections', () => {
  expect(() => checkXml('<a><b>c &amp; <![CDATA[<d>]]>\r\n</b></a>', { 'a/b': 'c & <d>\r\n' })).not.toThrow();
});

test.each([
  ['two ends of a CDATA section', 'a ]]> b ]]> c'],
  ['a control character', 'a \u0001 b'],
  ['a lone surrogate', 'a \udfff b'],
])('an entry whose HTML holds %s is not published', (_, html) => {
  const bad = { ...article, contentHtml: html as Html };
  expect(() => rss.renderEntry(bad, tagScheme)).toThrow(/^expected /);
  expect(() => atom.renderEntry(bad, tagScheme)).toThrow(/^expected /);
});

test('what is wrong beside the content is named as it is found in the whole', () => {
  const bad = {
    ...article,
    contentHtml: '<p>Two\nlines</p>' as Html,
    tags: [{ label: 'a \u0001' as PlainText, slug: 'a' }],
  };
  expect(() => rss.renderEntry(bad, tagScheme)).toThrow(/found an error at 9:\d+: disallowed character/);
});

test('a head with a forbidden character gives no document', () => {
  const head = { ...plainHead, title: 'a \u0001' as PlainText };
  expect(() => rss.renderDocument(head, [])).toThrow('expected well-formed XML');
  expect(() => atom.renderDocument(head, [])).toThrow('expected well-formed XML');
});

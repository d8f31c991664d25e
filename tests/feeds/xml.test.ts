import { describe, expect, test } from 'vitest';
import { escapeProfile, replaceRoot, writeElement, writeElements } from '../../src/feeds/xml.ts';
import { readXml } from './read-xml.ts';

describe('an element', () => {
  test.each([
    ['without content is one empty tag', { name: 'fh:archive' }, '<fh:archive/>'],
    ['with text holds no markup of its own', { name: 'a', content: '<b> & ]]>' }, '<a>&lt;b&gt; &amp; ]]&gt;</a>'],
    ['leaves out attributes that are undefined', { name: 'a', attributes: { b: undefined, c: 0 } }, '<a c="0"/>'],
    ['quotes attributes', { name: 'a', attributes: { b: '"<&>\'' } }, '<a b="&quot;&lt;&amp;&gt;\'"/>'],
    ['with elements has a line for each', { name: 'a', content: [{ name: 'b' }] }, '<a>\n    <b/>\n</a>'],
    ['without elements is empty', { name: 'a', content: [] }, '<a/>'],
  ])('%s', (_, element, written) => {
    expect(writeElement(element)).toBe(written);
  });

  test('keeps line ends and tabs of an attribute', () => {
    const value = ' a\tb\nc\r\nd ';
    expect(readXml(writeElement({ name: 'a', attributes: { b: value } }))('a@b')).toEqual([value]);
  });

  test('keeps a carriage return of its text', () => {
    expect(readXml(writeElement({ name: 'a', content: 'b\r\nc\r' }))('a')).toEqual(['b\r\nc\r']);
  });
});

test('elements stand on lines of their own, indented by their depth', () => {
  const elements = [{ name: 'a', content: [{ name: 'b', content: 'c' }] }, { name: 'd' }];
  expect(writeElements(elements, 1)).toBe('\n    <a>\n        <b>c</b>\n    </a>\n    <d/>');
});

test('a title in the form of the RSS Profile has hexadecimal references', () => {
  expect(escapeProfile('AT&T <b> &amp;')).toBe('AT&#x26;T &#x3C;b&gt; &#x26;amp;');
});

test('the root gets its attributes, and all else stays', () => {
  expect(replaceRoot('<?xml?>\n<rss a="1">\n<rss a="1">', 'rss', { version: '2.0' })).toBe(
    '<?xml?>\n<rss version="2.0">\n<rss a="1">',
  );
});

import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { toHtml } from '../../src/content/serialize.ts';
import { clean } from './clean.ts';

const scrap = fc.oneof(
  fc
    .constantFrom(
      ...'p div span a b h1 h2 ul li dl dt table caption colgroup col thead tbody tr td th pre code figure'.split(' '),
      ...'picture source img video details summary ruby rt noscript iframe object svg math form select x-foo'.split(
        ' ',
      ),
      ...'script style title textarea br hr body head template xmp plaintext button input base'.split(' '),
    )
    .chain((name) =>
      fc.constantFrom(
        `<${name}>`,
        `</${name}>`,
        `<${name} href="x&amp;y" src=a.png id='a "b"' onclick=x style=y>`,
        `<${name} href=javascript:x data-src=b.png srcset="a 1x,b 2x" title="<&quot;]]&gt;" cite="//é|x">`,
        `<${name}/>`,
      ),
    ),
  fc.constantFrom(
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&lt;script&gt;',
    '&#0;&#1;&#xFFFF;&#xD800;',
    '\n',
    ' ',
    '&nbsp',
    '<',
    '"',
    "'",
    '=',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[\u0001\u0002]/g, '')),
);
const soup = fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join(''));

describe('whatever is written', () => {
  test('the HTML is well-formed XML, and no CDATA section ends in it', () => {
    fc.assert(
      fc.property(soup, (written) => {
        const html = clean(written);
        expect(html).not.toContain(']]>');
        const parser = new SaxesParser();
        const errors: string[] = [];
        parser.on('error', (error) => errors.push(error.message));
        parser.write(`<div>${html}</div>`).close();
        expect(errors).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('no program, style or relative address is left, and no unknown element', () => {
    fc.assert(
      fc.property(soup, (written) => {
        for (const [tag] of clean(written).matchAll(/<[^>]*>/g)) {
          expect(tag).not.toMatch(
            /^<\/?(?:script|style|iframe|object|embed|form|input|svg|math|template|x-foo|base)\b/,
          );
          expect(tag).not.toMatch(/ (?:on\w+|style)=/);
          for (const [, address = ''] of tag.matchAll(/ (?:href|src|poster|cite)="([^"]*)"/g))
            expect(address).toMatch(/^(?:https?:\/\/|mailto:|tel:|⟦[^⟦⟧]*⟧$)/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what was made safe once is not changed by making it safe again', () => {
    fc.assert(
      fc.property(soup, (written) => {
        const once = toHtml(readHtml(written).nodes);
        expect(toHtml(readHtml(once).nodes)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

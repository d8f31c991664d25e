import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceEnds } from '../../src/lib/sentence-ends.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function expectUnicodeEnds(text: string): void {
  const ends = Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length);
  expect([...sentenceEnds(text)], JSON.stringify(text)).toEqual(ends);
}

test('sentences end where Unicode has them end', () => {
  for (const text of [
    '',
    'It rose 3.5 to 4. Then it fell! “Why?” (No one knew.) And so on',
    'See U.S.A. today. e.g. this; or: Mr. A, etc.) “so” ...and ?! Yes',
    'Line one\nline two.\r\nLine three. \n\nEnd.',
    'Ende. Über den Fluss.',
  ])
    expectUnicodeEnds(text);
});

test('sentences end where Unicode has them end, whatever stands around', () => {
  const signs = [...'..!?  \n\r\t"\'()[]{},-:;aAbB1/#&*<>@\\_`|~“”‘’«»–—…é'];
  const texts = fc.array(fc.constantFrom(...signs), { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(fc.property(texts, expectUnicodeEnds), { numRuns: 3000 });
});

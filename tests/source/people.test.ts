import { expect, test } from 'vitest';
import { toPeople } from '../../src/source/people.ts';

test.each([
  ['ana.b+c@news.example', 'ana.b+c@news.example'],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['zoë@news.example', undefined],
  ['mailto:ana@news.example', undefined],
  ['a,b@news.example', undefined],
  ['ana@', undefined],
  ['@news.example', undefined],
  ['ana@news example', undefined],
  ['ana@-news.example', undefined],
])('%s is an address that Atom takes, or none', (written, email) => {
  expect(toPeople({ name: 'Ana', email: written })).toEqual([
    email === undefined ? { name: 'Ana' } : { name: 'Ana', email },
  ]);
  const line = `Ana <${written}>`;
  expect(toPeople(line)).toEqual([email === undefined ? { name: line } : { name: 'Ana', email }]);
});

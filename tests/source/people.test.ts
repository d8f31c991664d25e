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
});

test.each([
  ['Ana <ana@news.example>', { name: 'Ana', email: 'ana@news.example' }],
  ['Zoë <zoë@news.example>', { name: 'Zoë' }],
  ['Ana <a_b@my_host.example>', { name: 'Ana' }],
  ['Ana <mailto:ana@news.example>', { name: 'Ana' }],
  ['Ana <ana at news.example>', { name: 'Ana <ana at news.example>' }],
  ['Ana <ana@>', { name: 'Ana <ana@>' }],
  ['Ana <3>', { name: 'Ana <3>' }],
])('of %s, an address is no part of the name', (written, person) => {
  expect(toPeople(written)).toEqual([person]);
});

test.each([
  ['Ana M <ana@news.example>, Zoë <zoe@news.example>,', ['Ana M', 'ana@news.example'], ['Zoë', 'zoe@news.example']],
  ['Ana <ana@news.example>; Zoë, Lee', ['Ana', 'ana@news.example'], ['Zoë, Lee', undefined]],
  ['"Marques, Ana" <ana@news.example>', ['Marques, Ana', 'ana@news.example']],
  ['ana@news.example (Ana M)', ['Ana M', 'ana@news.example']],
  ['ana@news.example (Ana M), zoe@news.example (Zoë)', ['Ana M', 'ana@news.example'], ['Zoë', 'zoe@news.example']],
  ['Marques, Ana', ['Marques, Ana', undefined]],
  ['Ana (Harbour desk)', ['Ana (Harbour desk)', undefined]],
])('%s has its writers apart, and none with the address of another', (written, ...people) => {
  expect(toPeople(written).map((person) => [person?.name, person?.email])).toEqual(people);
});

import { expect, test } from 'vitest';
import { directionOf } from '../../src/content/direction.ts';
import { fromMarkdown } from './article.ts';

test('languages written from right to left are shown so', () => {
  for (const language of 'ar he fa ur ps sd ug yi dv ckb ku-Arab az-Arab ar-EG he_IL'.split(' '))
    expect(directionOf('', language), language).toBe('rtl');
  for (const language of 'en de ja zh ku az tr hi ru ks-Deva'.split(' '))
    expect(directionOf('', language), language).toBeUndefined();
});

test('without a telling language most letters decide', () => {
  expect(directionOf('Das Schiff heißt „סער“.', undefined)).toBeUndefined();
  expect(directionOf('הספינה עגנה בנמל Haifa אתמול', undefined)).toBe('rtl');
  expect(directionOf('وصلت السفينة إلى الميناء', 'en')).toBe('rtl');
  expect(directionOf('وصلت السفينة إلى الميناء', 'not a language')).toBe('rtl');
  expect(directionOf('2026 – 100 %', undefined)).toBeUndefined();
});

test('what decides is words, and not the code between them', () => {
  const code = '```js\nconst harbour = openTheHarbour(quay, ferries);\n```\n';
  expect(fromMarkdown(`הספינה עגנה אתמול ב\`quay()\`. הים היה שקט.\n\n${code}`).direction).toBe('rtl');
});

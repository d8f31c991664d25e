import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYaml } from '../../src/source/yaml.ts';
import { readYamlLines } from '../../src/source/yaml-lines.ts';

const key = fc.constantFrom('title', 'tags', 'date', 'x-y', 'true', 'null', 'undefined', '__proto__', 'constructor');
const border = fc.constantFrom(
  ...['A title', '2026-02-08T09:30:00Z', 'true', 'yes', '1.10', '0x1F', '1e3', 'null', '~', '“q”', 'é', '日本', '-5'],
  ...['"a: b"', "'a # b'", '"a\\nb"', "'it''s'", '"a" b', '"', 'a:b', 'a: b', 'a:', 'a#b', 'a #b', 'a, b', 'a [b]'],
  ...[
    '[]',
    '[ ]',
    '[a, b]',
    '[a , b]',
    '[a, ]',
    '["a", \'b\']',
    '["a":b]',
    '[a:b]',
    '[a: b]',
    '[a:,b]',
    '[null]',
    '[[a]]',
  ],
  ...[
    '{a: b}',
    '&a b',
    '*a',
    '!!str a',
    '|',
    '>-',
    '%a',
    '@a',
    '`a`',
    '- a',
    '? a',
    '<<',
    '\u00a0a',
    'a\u2028b',
    'a\tb',
  ],
);
const words = fc.constantFrom('A title', '"quoted"', 'words of it', '[a, b]', 'a b');
const value = fc.oneof({ weight: 3, arbitrary: words }, { weight: 2, arbitrary: border });
const beside = fc.tuple(key, fc.constantFrom(': ', ': ', ':  ', ':', ' : '), value).map((parts) => parts.join(''));
const below = fc
  .tuple(key, fc.constantFrom('', '  ', '    '), fc.array(value, { maxLength: 3 }))
  .map(([name, indent, items]) => [`${name}:`, ...items.map((item) => `${indent}- ${item}`)].join('\n'));
const other = fc.constantFrom('', ' ', '# a comment', '  further', '- a', '---', '\r');
const line = fc.oneof(
  { weight: 9, arbitrary: beside },
  { weight: 4, arbitrary: below },
  { weight: 1, arbitrary: other },
);

test('YAML that is read line by line says what it says to a parser of all of YAML, on the same lines', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const text = lines.join('\n');
      const read = readYamlLines(text, 2);
      if (read === undefined) return;
      taken += 1;
      // A comment is the parser's.
      const parsed = readYaml(`${text}\n# end`, 2);
      if ('message' in parsed) throw new Error(parsed.message);
      expect(Object.entries(read.value as object)).toEqual(Object.entries(parsed.value as object));
      expect(parsed.warnings).toEqual([]);
      const paths = Object.keys(read.value as object).flatMap((name) => [[name], [name, 0], [name, 1], [name, 9]]);
      for (const path of [[], ['nope'], ...paths]) expect(read.lineOf(path)).toBe(parsed.lineOf(path));
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(500);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignLines, isSameHeadline } from '../../src/store/align.ts';

type HeadlineEdit = readonly [verdict: string, before: string, after: string];

const table = readFileSync(new URL('../fixtures/headline-edits.tsv', import.meta.url), 'utf8');
const headlineEdits = table
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as unknown as HeadlineEdit);

const list = [
  'Glaciers in the Alps lose record mass',
  'Parliament debates the pension reform tonight',
  'Old lighthouse becomes a small hotel',
  'Nurses begin strike at three hospitals',
  'Ferry line to the islands reopens in spring',
];

function swap(lines: readonly string[], one: number, other: number): readonly string[] {
  return lines.with(one, lines[other]!).with(other, lines[one]!);
}

test('no edit in the table is taken for the old headline when it is other news, and nine in ten are when it is not', () => {
  const taken = headlineEdits.filter(([, before, after]) => isSameHeadline(before, after));
  const wrong = taken.filter(([verdict]) => verdict === 'new');
  const same = headlineEdits.filter(([verdict]) => verdict === 'same');
  expect(wrong).toEqual([]);
  expect(headlineEdits.length).toBeGreaterThanOrEqual(280);
  expect((taken.length - wrong.length) / same.length).toBeGreaterThanOrEqual(0.9);
});

test('an edit taken back is judged as the edit was', () => {
  const there = headlineEdits.map(([, before, after]) => isSameHeadline(before, after));
  expect(headlineEdits.map(([, before, after]) => isSameHeadline(after, before))).toEqual(there);
});

test('a list that did not change goes on line by line', () => {
  expect(alignLines(list, list)).toEqual([0, 1, 2, 3, 4]);
});

test('a list that was empty, or is, has nothing to go on with', () => {
  expect(alignLines([], list)).toEqual(list.map(() => undefined));
  expect(alignLines(list, [])).toEqual([]);
});

test('a headline put on top is new and the others stay themselves', () => {
  expect(alignLines(list, ['Museum finds a lost Vermeer in its cellar', ...list])).toEqual([undefined, 0, 1, 2, 3, 4]);
});

test('lines that change places stay themselves', () => {
  expect(alignLines(list, swap(list, 1, 3))).toEqual([0, 3, 2, 1, 4]);
  expect(alignLines(list, list.toReversed())).toEqual([4, 3, 2, 1, 0]);
});

test('a line that is edited and moved in one go stays itself', () => {
  const moved = [list[3]!.replace('begin', 'start'), list[0]!, list[1]!, list[2]!.replace('lighthouse', 'lighthuose')];
  expect(alignLines(list, moved)).toEqual([3, 0, 1, 2]);
});

test('all lines edited at once stay themselves', () => {
  const edited = list.map((line) => `${line}, agency says`);
  expect(alignLines(list, edited)).toEqual([0, 1, 2, 3, 4]);
});

test('a headline exchanged for another in its very place is new', () => {
  expect(alignLines(list, list.with(2, 'Court stops the sale of the harbour'))).toEqual([0, 1, undefined, 3, 4]);
});

test('the same sentence about another place is new in the place of the old', () => {
  expect(alignLines(['Storm closes schools in Ohio'], ['Storm closes schools in Iowa'])).toEqual([undefined]);
});

test.each([
  ['Fery to the islands', 'Ferry to the islands'],
  ['Storm nears Salem', 'Storm nears Salme'],
])('%j made %j in its very place goes on, and among new lines it does not', (one, other) => {
  for (const [slip, mended] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(isSameHeadline(slip, mended)).toBe(false);
    for (const at of [0, 2, 5]) {
      const lines = list.toSpliced(at, 0, slip);
      expect(alignLines(lines, lines.with(at, mended))).toEqual([0, 1, 2, 3, 4, 5]);
    }
    const invented = ['Museum finds a lost Vermeer in its cellar', mended, 'Court stops the sale of the harbour'];
    expect(alignLines([...list.slice(0, 2), slip, ...list.slice(2)], [...list.slice(0, 2), ...invented])).toEqual([
      0,
      1,
      undefined,
      undefined,
      undefined,
    ]);
    expect(alignLines([slip, ...list], [invented[0]!, mended, ...list])).toEqual([undefined, 0, 1, 2, 3, 4, 5]);
  }
});

test.each([
  ['Storm kills 3', 'Storm kills 4'],
  ['Man wins', 'Men win'],
  ['Iran wins the toss', 'Iraq wins the toss'],
  ['Mali votes on Sunday', 'Malta votes on Sunday'],
  ['Bayern wins in court', 'Bayer wins in court'],
  ['Niger votes', 'Nigeria votes'],
  ['Boat sinks', 'Goat sinks'],
  ['Salem', 'Salme'],
])('%j made %j is new also in its very place', (before, after) => {
  expect(alignLines([list[0]!, before, list[1]!], [list[0]!, after, list[1]!])).toEqual([0, undefined, 2]);
});

test('what is other news in the table is so also in its very place', () => {
  const wrong = headlineEdits.filter(
    ([verdict, before, after]) =>
      verdict === 'new' && alignLines([list[0]!, before, list[1]!], [list[0]!, after, list[1]!])[1] !== undefined,
  );
  expect(wrong).toEqual([]);
});

test('of two lines that could go on, the liker one does', () => {
  const before = ['Council approves new budget for schools', 'Council approves new budget for schools and roads'];
  const after = ['Council approves new budget for local schools and roads'];
  expect(alignLines(before, after)).toEqual([1]);
});

test('lines equally like go on in their order', () => {
  const before = ['Floods close the railway line', 'Museum reopens with a new wing'];
  const after = ['Floods close the railway lines', 'Museum reopens with a new wings'];
  expect(alignLines(before, after)).toEqual([0, 1]);
});

test('repeated lines go on by the longest run that stayed in order', () => {
  expect(alignLines(['Alpha rises', 'Beta falls', 'Alpha rises'], ['Beta falls', 'Alpha rises'])).toEqual([1, 2]);
});

test('a copy of a line that stands takes no other line’s place', () => {
  const before = ['Nurses begin strike at three hospitals', 'Nurses begin strike at three city hospitals'];
  expect(alignLines(before, [before[0]!, before[0]!])).toEqual([0, undefined]);
});

test('a copy that goes while the line stands is not continued by another', () => {
  const line = 'Nurses begin strike at three hospitals';
  expect(alignLines([line, line], [line, 'Nurses begin strike at three city hospitals'])).toEqual([0, undefined]);
});

test('re-typed lines go on: curly quotes, capitals, composed letters, dashes', () => {
  const before = ["Anutin's party wins", 'Jose\u0301 Molina elected', 'US-India deal', 'Soft\u00adhyphens stay'];
  const after = ['SOFTHYPHENS STAY', 'U.S.–India Deal', 'José Molina elected', 'Anutin’s party wins!'];
  expect(alignLines(before, after)).toEqual([3, 2, 1, 0]);
});

test('no old line goes on twice in a list of two thousand that is shuffled, edited and half new', () => {
  const lines = Array.from(
    { length: 2000 },
    (_, n) => `Village ${word(n)} opens its ${word(n * 7 + 3)} museum on ${word(n * 13)} hill`,
  );
  const after = lines
    .toReversed()
    .map((line, n) =>
      n % 2 === 0 ? `Report ${word(n * 31)} of ${word(n * 17)} appears` : line.replace('opens', 'opened'),
    );
  const aligned = alignLines(lines, after);
  const kept = aligned.filter((index) => index !== undefined);
  expect(kept.length).toBe(1000);
  expect(new Set(kept).size).toBe(1000);
  expect(aligned.map((index, n) => (n % 2 === 0 ? index : (index ?? 0) + n))).toEqual(
    after.map((_, n) => (n % 2 === 0 ? undefined : 1999)),
  );
});

test('ten thousand equal lines are no trouble', () => {
  const lines = new Array<string>(10_000).fill('Markets close higher');
  expect(alignLines(lines, lines.slice(1))).toHaveLength(9999);
});

test('a line of megabytes is compared all the same', () => {
  const words = Array.from({ length: 400_000 }, (_, n) => word(n)).join(' ');
  expect(isSameHeadline(words, `${words} today`)).toBe(true);
  expect(isSameHeadline(words, `5 ${words}`)).toBe(false);
});

/** A made-up word, another for each number. */
function word(n: number): string {
  const syllables = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'to', 'vu', 'zi'];
  return Array.from(String(n + 10_000), (digit) => syllables[Number(digit)]!).join('');
}

test('no two headlines of the table’s stories are taken for one', () => {
  const stories = [...new Set(headlineEdits.filter(([verdict]) => verdict === 'same').map(([, before]) => before))];
  const pairs = stories.flatMap((one, at) => stories.slice(at + 1).map((other) => [one, other] as const));
  expect(pairs.filter(([one, other]) => isSameHeadline(one, other)).map((pair) => pair.join(' | '))).toEqual([
    'Jose\u0301 Molina elected mayor | Jose Molina elected mayor',
    'Council approves new budget for schools | Council approves new budget',
  ]);
});

const words = [
  'mason',
  'orchard',
  'violin',
  'copper',
  'meadow',
  'lantern',
  'pepper',
  'saddle',
  'timber',
  'walnut',
  'ribbon',
];
const take = (count: number): string => words.slice(0, count).join(' ');

const thresholds: readonly (readonly [string, string, string, boolean])[] = [
  ['two words added to four', take(4), take(6), true],
  ['three words added to four', take(4), take(7), false],
  ['one word added to three', take(3), take(4), false],
  ['five words added to five', take(5), take(10), true],
  ['six words added to five', take(5), take(11), false],
  [
    'another word among nine others',
    `${take(4)} velvet ${take(9).slice(27)}`,
    `${take(4)} canvas ${take(9).slice(27)}`,
    true,
  ],
  [
    'another word among eight others',
    `${take(4)} velvet ${take(8).slice(27)}`,
    `${take(4)} canvas ${take(8).slice(27)}`,
    false,
  ],
  [
    'a name among nine others',
    `${take(4)} Velvet ${take(9).slice(27)}`,
    `${take(4)} Canvas ${take(9).slice(27)}`,
    false,
  ],
  ['a slip in a word of five letters', 'mason plays', 'masno plays', true],
  ['another first letter', 'copper mason sings', 'hopper mason sings', false],
  ['a letter left out of a name of five', 'copper mason meets Salem', 'copper mason meets Salm', false],
  ['a letter left out of a name of six', 'copper mason meets Walnut', 'copper mason meets Walnt', true],
  ['a letter for another in a name of seven', 'copper mason meets Lantern', 'copper mason meets Lankern', false],
  ['a letter for another in a name of eight', 'copper mason meets Lanterna', 'copper mason meets Lankerna', true],
  ['a phrase moved over two words', 'in april masons sing', 'masons sing in april', true],
  ['a name moved over two words', 'Mason tells violin players', 'tells violin players Mason', false],
];

test.each(thresholds)('%s: %j made %j', (_, before, after, isSame) => {
  expect(isSameHeadline(before, after)).toBe(isSame);
});

const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('put in', 'take out', 'extend', 'swap') as fc.Arbitrary<string>,
    at: fc.nat(40),
    to: fc.nat(40),
  }),
);

test('whatever mixture of new, dropped, moved and extended lines an editor saves, each goes on as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), fc.array(step, { maxLength: 12 }), (size, steps) => {
      let made = 0;
      const invent = (): string => {
        made += 1;
        return `${word(made)} meets ${word(made * 37)} near ${word(made * 91)} over ${word(made * 53)}`;
      };
      const before = Array.from({ length: size }, invent);
      let lines = before.map((text, from): { text: string; from: number | undefined } => ({ text, from }));
      for (const { kind, at, to } of steps) {
        const [here, there] = [at % Math.max(lines.length, 1), to % Math.max(lines.length, 1)];
        if (kind === 'put in') lines = lines.toSpliced(here, 0, { text: invent(), from: undefined });
        else if (lines.length === 0) continue;
        else if (kind === 'take out') lines = lines.toSpliced(here, 1);
        else if (kind === 'swap') lines = lines.with(here, lines[there]!).with(there, lines[here]!);
        else if (lines[here]!.text.split(' ').length === 7)
          lines = lines.with(here, { ...lines[here]!, text: `${lines[here]!.text} quietly` });
      }
      expect(
        alignLines(
          before,
          lines.map(({ text }) => text),
        ),
      ).toEqual(lines.map(({ from }) => from));
    }),
    { numRuns: 500 },
  );
});

import { expect, test } from 'vitest';
import { alignLines, isSameHeadline } from '../../src/store/align.ts';
import { headlineEdits } from './headline-edits.ts';

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
  const taken = headlineEdits.filter(([before, after]) => isSameHeadline(before, after));
  const wrong = taken.filter(([, , verdict]) => verdict === 'new');
  const same = headlineEdits.filter(([, , verdict]) => verdict === 'same');
  expect(wrong).toEqual([]);
  expect(headlineEdits.length).toBeGreaterThanOrEqual(120);
  expect((taken.length - wrong.length) / same.length).toBeGreaterThanOrEqual(0.9);
});

test('an edit taken back is judged as the edit was', () => {
  const there = headlineEdits.map(([before, after]) => isSameHeadline(before, after));
  expect(headlineEdits.map(([before, after]) => isSameHeadline(after, before))).toEqual(there);
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
  const stories = [...new Set(headlineEdits.filter(([, , verdict]) => verdict === 'same').map(([before]) => before))];
  const pairs = stories.flatMap((one, at) => stories.slice(at + 1).map((other) => [one, other] as const));
  expect(pairs.filter(([one, other]) => isSameHeadline(one, other)).map((pair) => pair.join(' | '))).toEqual([
    'Jose\u0301 Molina elected mayor | Jose Molina elected mayor',
  ]);
});

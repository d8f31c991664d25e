import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRenamed, isSignificantEdit, keptShare } from '../../src/store/similarity.ts';

const harbour = `The harbour town woke to an empty quay on Thursday. Its last ferry had left the evening before, and no other
will come until the new pier is finished in the spring. Shopkeepers say that they can bear one quiet winter; the school,
whose teachers live on the mainland, has moved its lessons into the library and onto the screen. Fishermen now carry the
post. "We have oars," said one of them, "and we have patience." The council expects the builders back in February, when
the storms are usually over, and has promised every household a share of the fuel that the ferry no longer burns.`;

const orchard = `Apple growers in the valley have begun to pick by night. The heat of the past three summers bruised the fruit
before it reached the press, and the pickers before noon. Lamps on tall poles now light the rows, and the owls have moved
to the pear trees. A study at the college found that apples picked in the cool keep two weeks longer. Growers elsewhere
are asking for the plans of the lamps; the valley, which has quarrelled over water for a century, is giving them away.`;

function editWords(text: string, count: number): string {
  let left = count;
  return text.replace(/\b[a-z]{6,}\b/g, (word) => (left-- > 0 ? `${word.slice(0, 2)}xyz${left}` : word));
}

test('all words are kept by the same text, none by one without any of them', () => {
  expect(keptShare(harbour, harbour)).toBe(1);
  expect(keptShare('red green blue', 'one two three')).toBe(0);
});

test('words count as often as they stand there', () => {
  expect(keptShare('tick tick tick tock', 'tick tock tock')).toBe(0.5);
});

test('what is added does not lessen what is kept, and order, case and punctuation do not matter', () => {
  expect(keptShare('Two roads diverge', 'diverge: two ROADS in a yellow wood')).toBe(1);
});

test('words that stand in every text are not counted, unless there are no others', () => {
  expect(keptShare('the owls and the lamps', 'the frogs and the lamps')).toBe(0.5);
  expect(keptShare('it is what it is', 'it is')).toBe(0.4);
});

test('a text without words keeps all of them', () => {
  expect(keptShare('', 'anything')).toBe(1);
  expect(keptShare('anything', '')).toBe(0);
});

test('words are told apart where no spaces stand between them', () => {
  expect(keptShare('大雨导致学校停课', '学校因大雨停课')).toBeGreaterThan(0.7);
  expect(keptShare('大雨导致学校停课', '股市连续上涨')).toBeLessThan(0.2);
  expect(keptShare('ฝนตกหนักโรงเรียนปิด', 'โรงเรียนปิดเพราะฝนตก')).toBeGreaterThan(0.5);
});

test('an article rewritten from the ground up keeps fewer than three in ten words of the other', () => {
  expect(keptShare(harbour, orchard)).toBeLessThan(0.3);
});

const small: readonly (readonly [string, string])[] = [
  ['The quay was empty.', 'The quay was empty!'],
  ['The quay was empty.', 'THE QUAY WAS EMPTY'],
  ['It’s a long “winter”', 'It\'s a long "winter"'],
  ['A cease-fire in the long-running row', 'A ceasefire in the long running row'],
  ['one of the shops', 'one of the small shops'],
  ['a quiet cold long winter', 'a loud hot short winter'],
  ['a very very very quiet winter', 'a quiet winter'],
  ['The last ferry left', 'The last ferry had left early today'],
  ['28,500 troops', '28 500 troops'],
  ['28,500 troops', '28500 troops'],
  ['3.5 percent in Berlin', '3,5 percent in Bonn'],
  ['three boats', '3 boats'],
  ['大雨导致学校停课', '暴雨导致学校停课'],
];

test.each(small)('%j made %j is a small edit', (before, after) => {
  expect(isSignificantEdit(before, after)).toBe(false);
});

const significant: readonly (readonly [string, string])[] = [
  ['a quiet cold long winter', 'a loud hot short summer'],
  ['a quiet winter', 'a quiet winter by the grey sea'],
  ['We have oars and a little patience', 'We have'],
  ['two roads lead there now', 'there now lead two roads'],
  ['12 hurt', '13 hurt'],
  ['12 hurt', 'Some hurt'],
  ['Some hurt', '12 hurt'],
  ['up 5%', 'up -5%'],
  ['$3 a day', '€3 a day'],
  ['$10m for the pier', '$10bn for the pier'],
  ['won 3-2', 'won 2-3'],
  ['won 3-2', 'won 32'],
  ['3.5 percent', '35 percent'],
  ['three boats', 'four boats'],
  ['三人死亡', '五人死亡'],
  ['٣ قوارب', '٤ قوارب'],
];

test.each(significant)('%j made %j is a significant edit', (before, after) => {
  expect(isSignificantEdit(before, after)).toBe(true);
});

test('an edit deep in a long article is judged by what was changed alone', () => {
  const article = `${orchard}\n${harbour}\n${orchard}`;
  expect(isSignificantEdit(article, article.replace('empty quay', 'deserted quay'))).toBe(false);
  expect(isSignificantEdit(article, article.replace('three summers', 'four summers'))).toBe(true);
  expect(isSignificantEdit(article, article.replace('Its last ferry', 'Its last and only little red ferry'))).toBe(
    true,
  );
  expect(
    isSignificantEdit(article, article.replace('Fishermen now', 'Fishermen and pilots now').replace('bear', 'stand')),
  ).toBe(false);
});

test('an edit is as significant as its taking back', () => {
  const word = fc.constantFrom('a', 'b', 'c', '1', '2,5', 'don’t', '-', 'x.');
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(isSignificantEdit(before, after)).toBe(isSignificantEdit(after, before));
    }),
    { numRuns: 3000 },
  );
});

test('three words put in, taken out or changed anywhere are never significant', () => {
  const words = fc.array(fc.constantFrom('ash', 'birch', 'cedar', 'elm', 'fir'), { minLength: 4, maxLength: 30 });
  const edits = fc.array(fc.tuple(fc.nat(29), fc.constantFrom('in', 'out', 'other')), { maxLength: 3 });
  fc.assert(
    fc.property(words, edits, (before, changes) => {
      const after: string[] = [...before];
      for (const [at, kind] of changes)
        after.splice(at % after.length || 0, kind === 'in' ? 0 : 1, ...(kind === 'out' ? [] : ['oak']));
      expect(isSignificantEdit(before.join(' '), after.join(' '))).toBe(false);
    }),
    { numRuns: 3000 },
  );
});

const title = 'Harbour town waits for its pier';

test('an article found again under another file name is the one that went', () => {
  expect(isRenamed({ title, text: harbour }, { title, text: harbour })).toBe(true);
});

test('a renamed article may be lightly edited, and its title too', () => {
  expect(isRenamed({ title, text: harbour }, { title, text: editWords(harbour, 4) })).toBe(true);
  expect(isRenamed({ title, text: harbour }, { title: 'Harbour town waits for its new pier', text: harbour })).toBe(
    true,
  );
  expect(isRenamed({ title, text: harbour }, { title: 'A winter without a ferry', text: harbour })).toBe(true);
  expect(isRenamed({ title, text: harbour }, { title, text: `${harbour} The mayor was not to be reached.` })).toBe(
    true,
  );
});

test('another text under the same title is another article', () => {
  expect(isRenamed({ title, text: harbour }, { title, text: orchard })).toBe(false);
  expect(isRenamed({ title, text: harbour }, { title, text: editWords(harbour, 30) })).toBe(false);
});

test('a report in the same form with another title and other numbers is another article', () => {
  const report = (day: number): { title: string; text: string } => ({
    title: `River levels on day ${day}`,
    text: `${harbour} The gauge stood at ${day * 7} centimetres.`,
  });
  expect(isRenamed(report(3), report(4))).toBe(false);
});

test('a text that holds all of a much shorter one is another article', () => {
  expect(isRenamed({ title, text: harbour.slice(0, 400) }, { title, text: `${harbour} ${orchard} ${harbour}` })).toBe(
    false,
  );
});

test('short texts must be all but equal, and their titles too', () => {
  const note = { title: 'Library closed', text: 'The library stays shut while the roof is mended.' };
  expect(isRenamed(note, { ...note, text: 'The library stays closed while the roof is mended.' })).toBe(true);
  expect(isRenamed(note, { ...note, text: 'The library stays shut; please use the van.' })).toBe(false);
  expect(isRenamed(note, { ...note, title: 'Museum closed' })).toBe(false);
  expect(isRenamed({ title: 'Coming soon', text: '' }, { title: 'Open thread', text: '' })).toBe(false);
});

test('articles of megabytes are compared in one go', () => {
  const long = Array.from({ length: 9000 }, (_, n) => `${orchard} ${String.fromCodePoint(0x4e00 + n)}`).join('\n');
  const edited = long.replace('by night', 'at night');
  expect(keptShare(long, edited)).toBeGreaterThan(0.99);
  expect(isSignificantEdit(long, edited)).toBe(false);
  expect(isSignificantEdit(long, `${edited} Four more words here now`)).toBe(true);
  expect(isRenamed({ title, text: long }, { title: 'Other', text: edited })).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { graphemeCount } from '../../src/lib/text.ts';
import { readByline, titleFromFileName, titleFromText } from '../../src/source/titles.ts';

const tail =
  'which the towns around the bay have wanted ever since the flood took the old one away and drowned the toll house';

describe('titleFromText', () => {
  it.each([
    ['The bridge opens. The ferry stops.', 'The bridge opens'],
    ['Will it hold? Nobody knows.', 'Will it hold?'],
    ['They moved to the U.S.', 'They moved to the U.S.'],
    ['“It will hold,” said Dr. Lind. He left.', '“It will hold,” said Dr. Lind'],
    ['A line\nand another', 'A line'],
    ['“We waited. Now it is here,” he said.', '“We waited”'],
    ['"We waited. Now it is here," he said.', '"We waited"'],
    ['', ''],
    [`The board opens a bridge, ${tail}.`, 'The board opens a bridge'],
    [`The board opens a bridge; ${tail}.`, 'The board opens a bridge'],
    [`The board opens a bridge – ${tail}.`, 'The board opens a bridge'],
    [`The board opens a bridge—${tail}.`, 'The board opens a bridge'],
    [
      `The board opens a bridge, sells a ferry, buys two boats, ${tail}.`,
      'The board opens a bridge, sells a ferry, buys two boats',
    ],
    [`The board spends 28,500 on a bridge, ${tail}.`, 'The board spends 28,500 on a bridge'],
    [
      `The board opens a bridge (long, wide, dear, and red) for the Seoul–Beijing line, ${tail}.`,
      'The board opens a bridge (long, wide, dear, and red) for the Seoul–Beijing line',
    ],
    [
      `The mayor said “wait, and wait, and wait, ${tail}”.`,
      'The mayor said “wait, and wait, and wait, which the towns around the bay have wanted ever since the flood took the old…',
    ],
    [
      `However, the board opens a bridge ${tail}.`,
      'However, the board opens a bridge which the towns around the bay have wanted ever since the flood took the old one away…',
    ],
    ['字'.repeat(121), `${'字'.repeat(119)}…`],
    [`町の議会は新しい橋の建設を決めた、${'とても長い話が続く'.repeat(15)}。`, '町の議会は新しい橋の建設を決めた'],
  ])('%s', (text, title) => {
    expect(titleFromText(text)).toBe(title);
  });

  it('never cuts a character that people see as one', () => {
    const title = titleFromText('👩‍👩‍👧'.repeat(200));
    expect(title).toBe(`${'👩‍👩‍👧'.repeat(119)}…`);
    expect(graphemeCount(title)).toBe(120);
  });

  it('leaves a sentence of exactly 120 characters whole', () => {
    expect(titleFromText(`${'a'.repeat(119)} b.`)).toBe(`${'a'.repeat(119)}…`);
    expect(titleFromText(`${'a'.repeat(118)} b.`)).toBe(`${'a'.repeat(118)} b`);
  });
});

describe('readByline', () => {
  it.each([
    ['By Jane Doe', ['Jane Doe']],
    ['BY JANE DOE', ['JANE DOE']],
    ['by Jane Doe', ['Jane Doe']],
    ['By Jane Doe and John Roe', ['Jane Doe', 'John Roe']],
    ['By Jane Doe & John Roe', ['Jane Doe', 'John Roe']],
    ['By Ann Poe, Jane Doe, and John Roe', ['Ann Poe', 'Jane Doe', 'John Roe']],
    ['By J. K. Rowling', ['J. K. Rowling']],
    ['By Martin L. King Jr.', ['Martin L. King Jr.']],
    ['By Ludwig van Beethoven', ['Ludwig van Beethoven']],
    ['By Seán O’Casey and Jean-Luc d’Arc', ['Seán O’Casey', 'Jean-Luc d’Arc']],
    ['By Abdel Fattah al-Sisi', ['Abdel Fattah al-Sisi']],
    ['By José García y Ortega', ['José García y Ortega']],
    ['By 李明', ['李明']],
    ['By Jane Doe, Political Editor', ['Jane Doe']],
    ['  By  Jane Doe ', ['Jane Doe']],
  ])('%s', (line, names) => {
    expect(readByline(line)).toEqual(names);
  });

  it.each([
    'By the sea, a town waits',
    'By Monday All Was Done.',
    'By One Two Three Four Five Six Seven',
    'By',
    'By and by',
    'By 2030',
    'By Jane Doe in Paris',
    'Bye Jane Doe',
    'Jane Doe',
    'By van der',
  ])('is none: %s', (line) => {
    expect(readByline(line)).toBeUndefined();
  });
});

describe('titleFromFileName', () => {
  it.each([
    ['bridge-opens.md', 'Bridge opens'],
    ['bridge_opens.txt', 'Bridge opens'],
    ['2026-02-08-bridge-opens.md', 'Bridge opens'],
    ['posts/2026/bridge--opens.markdown', 'Bridge opens'],
    ['Jean-Luc visits the bay.txt', 'Jean-Luc visits the bay'],
    ['version-3.5.html', 'Version 3.5'],
    ['2026-02-08.md', '2026-02-08'],
    ['öffnung.md', 'Öffnung'],
    ['橋が開通.txt', '橋が開通'],
    ['---.md', '---'],
    ['\u0001.md', '.md'],
    ['\u00a0\u200b.html', '.html'],
  ])('%s', (name, title) => {
    expect(titleFromFileName(name)).toBe(title);
  });
});

import { describe, expect, it } from 'vitest';
import { endsSentence, firstSentence, splitSentences, withoutFullStop } from '../../src/lib/sentences.ts';

// `|` stands where one sentence ends and the next begins.
const splits = [
  'It rains.|The river rises.',
  'Is it over?|Yes!|It is over.',
  'Dr. Lind met Mrs. Orr at St. Anne’s.|They spoke.',
  'Gov. Marsh and Sen. Pool agreed.|The bill passed.',
  'The U.S. Navy left.|The U.K. stayed.',
  'She moved to the U.S. The flat was small.'.replace('S. The', 'S.|The'),
  'Acme Inc. Chairman Roe resigned.|Nobody wept.',
  'He founded Acme Inc.|It failed.',
  'Doors open at 6 p.m. Monday.|Come early.',
  'Doors close at 6 p.m.|The show begins.',
  'J. K. Rowling and John F. Kennedy never met.|A pity.',
  '1. The bridge is open.|2. The ferry is shut.'.replace('|2. The', '|2. The'),
  '1. FC Köln siegt am 8. Februar.|Der Rest verliert.',
  'Rates rose to 3.5 per cent.|Quakes of 6.1 were felt.',
  'It cost $2.50.|See https://a.example/b.c?d=e.f for more.',
  'That was in 2026.|Smith agreed.',
  'See No. 10 and Fig. 3 below.|Then read vol. 2.',
  'He said no.|She said yes.',
  '“It is done.”|The crowd cheered.',
  '“Will it hold?” he asked.|Nobody knew.',
  '(It held.)|So they crossed.',
  'Yahoo! shares fell.|Others rose.',
  'Wait... what?|Nothing.',
  'And so on, e.g. in May.|Or later.',
  'He wrote (cf. Roe v. Wade).|She read.',
  'Sie kam z.B. aus Ulm.|Er nicht.',
  '¿Qué pasa?|¡Nada!',
  '橋は開いた。|船は止まった！|なぜ？|雨だ．',
  '大桥通车。|“真好。”|市长说。',
  'पुल खुला।|नाव रुकी।',
  'اجتمع المجلس.|هل انتهى؟|نعم.',
  'یہ پل ہے۔|وہ کشتی ہے۔',
  'สะพานเปิดแล้ว เรือหยุดแล้ว',
  '„Es regnet.“|Dann nicht mehr.',
  'We read bbc.co.uk.|Smith did not.',
  'Title without a stop|Text below.',
];

describe('splitSentences', () => {
  it.each(splits)('%s', (marked) => {
    const sentences = marked.split('|');
    const isSpaced = !/[。！？．]/.test(marked);
    expect(splitSentences(sentences.join(/^Title/.test(marked) ? '\n' : isSpaced ? ' ' : ''))).toEqual(sentences);
  });

  it('gives no sentence of a blank text', () => {
    expect(splitSentences(' \n\u00a0 ')).toEqual([]);
  });

  it('loses no word, whatever the text', () => {
    const text = 'A. B.C. d... "E." 1. 2) ?! ‘F.’ G–h. Mr. No. 5. i. J';
    expect(splitSentences(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('reads the first sentence of five million characters as of one', () => {
    expect(firstSentence(`It rains. ${'Mr. '.repeat(1_250_000)}`)).toBe('It rains.');
  });
});

const closed = [
  'It rains.',
  'It rains.”',
  'It rains.)',
  '„Es regnet.“',
  'Read bbc.co.uk.',
  'It rains."  ',
  'That was in 2026.',
  'This is plan B.',
  'He said no.',
  'And so on, etc.',
  'More at https://a.example/b.',
  '雨だ。',
  '「雨だ。」',
  'पुल खुला।',
  'هل انتهى؟',
];
const open = [
  'It rains',
  'Does it rain?',
  'It rains!',
  'It rains…',
  'It rains...',
  'It rains. . .',
  'He met Dr.',
  'They went to the U.S.',
  'They went to the U.S.”',
  'He sued Acme Inc.',
  'Doors open at 6 p.m.',
  'Martin Luther King Jr.',
  'She holds a Ph.D.',
  '“It rains”',
  '雨だ',
  '',
];

describe('endsSentence', () => {
  it.each(closed)('a full stop ends: %s', (text) => {
    expect(endsSentence(text)).toBe(true);
  });

  it.each(open)('no full stop ends: %s', (text) => {
    expect(endsSentence(text)).toBe(false);
  });
});

describe('withoutFullStop', () => {
  it.each([
    ['It rains.', 'It rains'],
    ['“It rains.”', '“It rains”'],
    ['They went to the U.S.', 'They went to the U.S.'],
    ['Does it rain?', 'Does it rain?'],
    ['هل انتهى؟', 'هل انتهى؟'],
    ['雨だ。', '雨だ'],
    [`${'so '.repeat(100)}it rains.”`, `${'so '.repeat(100)}it rains”`],
  ])('%s', (text, bare) => {
    expect(withoutFullStop(text)).toBe(bare);
  });
});

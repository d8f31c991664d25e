import { sentencesOf } from '../lib/sentences.ts';
import { graphemeCount, type PlainText, takeGraphemes, toLine } from '../lib/text.ts';

// In graphemes.
const summaryLimit = 300;

/** Whole sentences from the top of the running text that fit, else whole words of the first and an ellipsis. */
export function summarize(prose: Iterable<string>): PlainText | undefined {
  let summary = '';
  let fitting = '';
  for (const longer of openingsOf(prose)) {
    // A grapheme has at least one code unit, and counting graphemes is dear.
    if (longer.length > summaryLimit && graphemeCount(longer) > summaryLimit)
      return toLine(summary || fitting || cutAtWord(longer));
    fitting = longer;
    // What ends in a colon leads on to something that may not fit.
    if (!/[:：]$/.test(longer)) summary = longer;
  }
  return toLine(fitting) || undefined;
}

// Enough for any summary, so that a block of megabytes is not split into all its sentences.
const blockLimit = 20 * summaryLimit;

/** The text up to the end of its first sentence, of its second, and so on. */
function* openingsOf(prose: Iterable<string>): Generator<string> {
  let before = '';
  for (const block of prose) {
    const text = block.slice(0, blockLimit);
    let end = 0;
    for (const sentence of sentencesOf(text)) {
      end = text.indexOf(sentence, end) + sentence.length;
      yield before + text.slice(0, end);
    }
    // Chinese and Japanese sentences follow each other without a space.
    before += /[。！？．」』]$/.test(text) ? text : `${text} `;
  }
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

function cutAtWord(sentence: string): string {
  const room = takeGraphemes(sentence, summaryLimit - 1);
  const cut = words.segment(sentence).containing(room.length)?.index ?? room.length;
  const whole = sentence.slice(0, cut > 0 && cut <= room.length ? cut : room.length);
  return `${whole.replace(/[\s\p{P}]+$/u, '') || room}…`;
}

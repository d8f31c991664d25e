import { sentenceOffsets } from '../lib/sentences.ts';
import { fits, type PlainText, takeGraphemes, toLine } from '../lib/text.ts';

// In graphemes.
const summaryLimit = 300;

/** Whole sentences from the top of the running text that fit, else whole words of the first and an ellipsis. */
export function summarize(prose: Iterable<string>): PlainText | undefined {
  let before = '';
  let summary = '';
  let fitting = '';
  for (const block of prose) {
    const text = block.slice(0, blockLimit);
    // Where in the block the summary ends, and what fits.
    let [good, most] = [0, 0];
    for (const end of sentenceOffsets(text)) {
      if (!fits(before + text.slice(0, end), summaryLimit)) {
        const known = good > 0 ? before + text.slice(0, good) : summary;
        const all = most > 0 ? before + text.slice(0, most) : fitting;
        return toLine(known || all || cutAtWord(before + text.slice(0, end)));
      }
      most = end;
      // What ends in a colon leads on to something that may not fit.
      if (!/[:：]/.test(text[end - 1]!)) good = end;
    }
    if (good > 0) summary = before + text.slice(0, good);
    if (most > 0) fitting = before + text.slice(0, most);
    // Chinese and Japanese sentences follow each other without a space.
    before += /[。！？．」』]$/.test(text) ? text : `${text} `;
  }
  return toLine(fitting) || undefined;
}

// Enough for any summary, so that a block of megabytes is not split into all its sentences.
const blockLimit = 20 * summaryLimit;

const words = new Intl.Segmenter('en', { granularity: 'word' });

function cutAtWord(sentence: string): string {
  const room = takeGraphemes(sentence, summaryLimit - 1);
  const cut = words.segment(sentence).containing(room.length)?.index ?? room.length;
  const whole = sentence.slice(0, cut > 0 && cut <= room.length ? cut : room.length);
  return `${whole.replace(/[\s\p{P}]+$/u, '') || room}…`;
}

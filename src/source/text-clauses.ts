import { fits, takeGraphemes, withoutEnd } from '../lib/text.ts';

// A single word or two before a comma (`However`, `On Monday`) say nothing.
const fewestWords = 4;
// The longest first sentence in which clauses are looked for, in UTF-16 units.
const furthest = 4000;

/** The leading clauses of a sentence that together fit in `limit` graphemes; undefined when the first does not, or says too little. */
export function leadingClauses(sentence: string, limit: number): string | undefined {
  let fitting: string | undefined;
  for (const end of clauseEnds(sentence.slice(0, furthest))) {
    const clauses = sentence.slice(0, end);
    if (!fits(clauses, limit)) break;
    fitting = clauses;
  }
  return fitting !== undefined && wordCount(fitting) >= fewestWords ? fitting : undefined;
}

/** The words that fit in `limit` graphemes together with an ellipsis. */
export function leadingWords(sentence: string, limit: number): string {
  const room = takeGraphemes(sentence, limit - 1);
  const starts = Array.from(words.segment(takeGraphemes(sentence, limit + 40)), ({ index }) => index);
  const end = starts.findLast((start) => start <= room.length && start > room.length / 2) ?? room.length;
  return `${withoutEnd(room.slice(0, end), dangling)}…`;
}

const dangling = /[\s,;:.–—\-，；：、،؛([“„«「『（"]/u;

const words = new Intl.Segmenter('en', { granularity: 'word' });

function wordCount(text: string): number {
  return Array.from(words.segment(text)).filter(({ isWordLike }) => isWordLike).length;
}

const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '“': '”',
  '„': '“',
  '«': '»',
  '「': '」',
  '『': '』',
  '（': '）',
};

/** Where clauses end: before a comma, semicolon, colon or dash that no bracket or quotation mark is open at. */
function clauseEnds(text: string): readonly number[] {
  const ends: number[] = [];
  const open: string[] = [];
  for (const match of text.matchAll(/[,;:](?=\s)|[，；：、،؛]| [–—-](?= )|—|[()[\]“”„«»「」『』（）"]/gu)) {
    const mark = match[0];
    if (mark === open.at(-1)) open.pop();
    else if (mark === '"') open.push(mark);
    else if (mark in closers) open.push(closers[mark]!);
    else if (open.length === 0 && !/[)\]”»」』）]/.test(mark)) ends.push(match.index);
  }
  return ends;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

// ASCII, and marks of whose property in UAX #29 there is no doubt: “ ” ‘ ’ « » close, – and — continue.
const known = /^[\t\n\r -~“”‘’«»–—]*$/;

/** The offsets at which sentences end by Unicode's rules (UAX #29 §5), the end of the text among them. */
export function sentenceEnds(text: string): Iterable<number> {
  return known.test(text) ? endsByRule(text) : endsBySegmenter(text);
}

function* endsBySegmenter(text: string): Generator<number, undefined> {
  for (const { index, segment } of segmenter.segment(text)) yield index + segment.length;
}

// What may end a sentence: a line's end (SB4), or a terminator with what closes and the space that follows (SB9, SB10).
const candidates = /\r\n|[\n\r]|([.!?])(["'()[\]{}“”‘’«»]*[\t ]*)(\r\n|[\n\r])?/g;

function* endsByRule(text: string): Generator<number, undefined> {
  let last = 0;
  for (const { 0: whole, 1: terminator, 2: space, 3: newline, index } of text.matchAll(candidates)) {
    const end = index + whole.length;
    if (terminator !== undefined && newline === undefined && goesOn(text, index, space === '', end)) continue;
    last = end;
    yield end;
  }
  if (last < text.length) yield text.length;
}

// The rules look at the next letter, and not beyond a line's end or another terminator.
const nextLetter = /[A-Za-z\n\r.!?]/g;

/** Whether the sentence goes on at `next`, after the terminator at `at`: SB6, SB7, SB8 and SB8a. */
function goesOn(text: string, at: number, isNext: boolean, next: number): boolean {
  const follower = text.charAt(next);
  if (/[,:;–—.!?-]/.test(follower)) return true;
  if (text[at] !== '.') return false;
  if (isNext && (/\d/.test(follower) || (/[A-Z]/.test(follower) && /[A-Za-z]/.test(text.charAt(at - 1))))) return true;
  nextLetter.lastIndex = next;
  return /[a-z]/.test(nextLetter.exec(text)?.[0] ?? '');
}

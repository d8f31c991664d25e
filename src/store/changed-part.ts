/** What is left of two texts when the words that both begin with, and those that both end with, are taken away. */
export function changedPart(before: string, after: string): { readonly before: string; readonly after: string } {
  const start = toBreakBefore(before, sameStart(before, after));
  const end = toBreakAfter(before, sameEnd(before, after, start));
  return { before: before.slice(start, before.length - end), after: after.slice(start, after.length - end) };
}

/** How many characters both texts begin with. */
export function sameStart(before: string, after: string): number {
  const limit = Math.min(before.length, after.length);
  let at = 0;
  while (at < limit && before.charCodeAt(at) === after.charCodeAt(at)) at += 1;
  return at;
}

function sameEnd(before: string, after: string, start: number): number {
  const limit = Math.min(before.length, after.length) - start;
  let length = 0;
  while (
    length < limit &&
    before.charCodeAt(before.length - 1 - length) === after.charCodeAt(after.length - 1 - length)
  ) {
    length += 1;
  }
  return length;
}

function toBreakBefore(text: string, from: number): number {
  let at = from;
  while (at > 0 && !isBreak(text, at)) at -= 1;
  return at;
}

function toBreakAfter(text: string, length: number): number {
  // The space and the letter before it must be common to both texts too.
  let end = Math.max(0, length - 2);
  while (end > 0 && !isBreak(text, text.length - end)) end -= 1;
  return end;
}

const letter = /\p{L}/u;

/** Where words on both sides are read alike whatever stands on the other: after a space between two letters. */
function isBreak(text: string, at: number): boolean {
  const space = text[at - 1];
  return (space === ' ' || space === '\n') && letter.test(text[at] ?? '') && letter.test(text[at - 2] ?? '');
}

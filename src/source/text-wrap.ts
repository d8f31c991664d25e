import { graphemeCount } from '../lib/text.ts';
import { isBulleted, isEnded, type TextLine } from './text-lines.ts';

// How wide wrapped prose is, in graphemes.
const narrowest = 40;
const widest = 100;

/** Lines in blocks: one begins after a blank line, at a bullet, and at a first line that is set in. */
export function toBlocks(lines: readonly TextLine[]): readonly (readonly TextLine[])[] {
  return split(lines, ({ gap }) => gap > 0).flatMap((section) => {
    // A dash or a number may also come to stand at the head of a line by wrapping.
    const isList = section.filter(({ text }) => isBulleted(text)).length > 1;
    return split(section, (line, above) =>
      isBulleted(line.text) ? isList || leadsOn(above) : isSetInFirst(line, above),
    );
  });
}

/**
 * Whether the lines of a block are one hard-wrapped paragraph: all but the last have 40 to 100 graphemes and most of
 * them do not end a sentence; the last is no wider either.
 */
export function isWrapped(block: readonly TextLine[]): boolean {
  const broken = block.slice(0, -1);
  if (broken.length === 0 || widthOf(block.at(-1)!) > widest) return false;
  if (!broken.every((line) => widthOf(line) >= narrowest && widthOf(line) <= widest)) return false;
  return broken.filter(({ text }) => isEnded(text)).length * 2 < broken.length;
}

/** Whether a wrapped block shows by its letters that it is prose and no list: it ends, and most lines go on in lower case. */
export function isPlainlyWrapped(block: readonly TextLine[]): boolean {
  if (!isWrapped(block) || startsLow(block[0]!) || !isEnded(block.at(-1)!.text)) return false;
  return block.slice(1).filter(startsLow).length * 2 > block.length - 1;
}

// A line that ends like this was broken, whatever the next begins with.
const leavesOff =
  /[,،、，–—-]$| (?:a|an|the|of|and|or|to|in|on|at|by|for|with|from|as|that|which|who|is|are|was|were)$/;

/** Whether the first line of a wrapped block goes on in the second, rather than being a title right above prose. */
export function firstLineGoesOn(block: readonly TextLine[]): boolean {
  const [first, second] = block;
  if (first === undefined || second === undefined) return false;
  if (startsLow(second) || leavesOff.test(first.text.slice(-20))) return true;
  const width = Math.max(...block.slice(0, 200).map(widthOf));
  const isTight = block.slice(1, 200).every((line, index) => !wouldFit(block[index]!, line, width));
  return block.length > 2 && isTight;
}

/** Whether four lines in five have no room for what the next begins with: prose, also where a script has no lower case. */
export function isFilled(lines: readonly TextLine[]): boolean {
  const first = lines.slice(0, 200);
  const width = Math.max(...first.map(widthOf));
  const full = first.slice(1).filter((line, index) => !hasRoom(first[index]!, line, width));
  return full.length * 5 >= (first.length - 1) * 4;
}

/** Where words have no spaces between them, a mark that must not begin a line may leave room for two signs. */
function hasRoom(line: TextLine, next: TextLine, width: number): boolean {
  return startsSpaceless.test(next.text.trim()) ? widthOf(line) + 2 < width : wouldFit(line, next, width);
}

/** The lines of a wrapped paragraph as one. A word parted by a hyphen, and scripts without spaces, get no space. */
export function joinLines(block: readonly TextLine[]): string {
  const parts: string[] = [];
  for (const [index, { text }] of block.entries()) {
    const line = text.trim();
    if (index > 0 && needsSpace(block[index - 1]!.text, line)) parts.push(' ');
    parts.push(line);
  }
  return parts.join('').replace(/\u00ad(?=\u00ad)/g, '');
}

function split(
  lines: readonly TextLine[],
  begins: (line: TextLine, above: TextLine) => boolean,
): readonly (readonly TextLine[])[] {
  const parts: TextLine[][] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || begins(line, lines[index - 1]!)) parts.push([line]);
    else parts.at(-1)!.push(line);
  }
  return parts;
}

function leadsOn({ text }: TextLine): boolean {
  return text.endsWith(':') || isEnded(text);
}

function isSetInFirst(line: TextLine, above: TextLine): boolean {
  return isSetIn(line) && !isSetIn(above) && !isBulleted(above.text);
}

function isSetIn({ text }: TextLine): boolean {
  return /^(?: {2}|\t|\u3000)/.test(text);
}

function widthOf({ text }: TextLine): number {
  return text.length > 1000 ? text.length : graphemeCount(text.trim());
}

/** Whether a line begins in lower case. */
export function startsLow({ text }: TextLine): boolean {
  return /^\s{0,40}\p{Ll}/u.test(text);
}

function wouldFit(line: TextLine, next: TextLine, width: number): boolean {
  const word = /^\S{1,100}/.exec(next.text.slice(0, 200).trim())?.[0] ?? '';
  return widthOf(line) + 1 + graphemeCount(word) <= width;
}

const spaceless =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}。、，！？」』）]';
const endsSpaceless = new RegExp(`${spaceless}$`, 'u');
const startsSpaceless = new RegExp(`^[「『（]?${spaceless}`, 'u');

function needsSpace(above: string, line: string): boolean {
  if (above.endsWith('\u00ad') || (/\p{L}-$/u.test(above) && /^\p{Ll}/u.test(line))) return false;
  return !(endsSpaceless.test(above) && startsSpaceless.test(line));
}

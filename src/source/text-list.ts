import { isTooLong, type TextLine } from './text-lines.ts';
import { isFilled, isPlainlyWrapped, startsLow, toBlocks } from './text-wrap.ts';

/** Where the list of a root text file begins, as an index of its lines, and why; `at` is their number when there is none. */
export type ListStart = { readonly at: number; readonly why: string };

/** Parts a root text file into what is article and what is list; one of short lines alone is a list. */
export function findList(lines: readonly TextLine[]): ListStart {
  if (lines.every(isShort)) return { at: 0, why: 'no line is long or ends in a full stop' };
  if (isEvenList(lines)) return { at: 0, why: 'most lines are short, and no blank line parts some from others' };
  return afterGap(lines) ?? trailingRun(lines) ?? { at: lines.length, why: 'no run of short lines ends the file' };
}

// One headline of two sentences must not make an article of the list that it is put into.
const fewestShort = 4;

/** A list too: lines that are even, as those of hardly a poem or recipe are. */
function isEvenList(lines: readonly TextLine[]): boolean {
  if (!isEven(lines) || lines.some(isParagraph) || endsAsText(lines)) return false;
  return isMostlyShort(lines.filter(isShort).length, lines.length) && !mayHoldProse(lines);
}

/** A poem or notice has its only full stop at its end; a list has it wherever that headline stands. */
function endsAsText(lines: readonly TextLine[]): boolean {
  return lines.at(-1)?.kind === 'closed' && lines.slice(0, -1).every(isShort);
}

/** Whether all lines are right below each other, or all parted by blank lines. */
function isEven(lines: readonly TextLine[]): boolean {
  const isApart = (lines[1]?.gap ?? 0) > 0;
  return lines.every(({ gap }, index) => index === 0 || gap > 0 === isApart);
}

/** Whether at least four lines in five are short, and four. */
function isMostlyShort(short: number, all: number): boolean {
  return short >= fewestShort && short * 5 >= all * 4;
}

/**
 * Prose, two or more blank lines, then lines of one sentence. The list begins at the last such gap, or at the
 * first one from which all lines are short: a list may have gaps of its own.
 */
function afterGap(lines: readonly TextLine[]): ListStart | undefined {
  let at: number | undefined;
  let areShort = true;
  for (let index = lines.length - 1; index > 0 && lines[index]!.kind !== 'long'; index -= 1) {
    areShort &&= isShort(lines[index]!);
    if (lines[index]!.gap >= 2 && (at === undefined || areShort)) at = index;
  }
  const from = mostlyShortFrom(lines);
  if (from < (at ?? lines.length) && isBelowProse(lines, from) && !mayHoldProse(lines.slice(from))) {
    return { at: from, why: `a gap of ${lines[from]!.gap} blank lines parts prose from mostly short lines` };
  }
  if (at === undefined || !isBelowProse(lines, at) || holdsProse(lines.slice(at))) return undefined;
  return { at, why: `a gap of ${lines[at]!.gap} blank lines parts prose from lines of one sentence` };
}

function isBelowProse(lines: readonly TextLine[], at: number): boolean {
  return !lines.slice(0, at).every(isShort);
}

/** The first gap from which most lines are short, in each even group of them; the number of lines when there is none. */
function mostlyShortFrom(lines: readonly TextLine[]): number {
  let at = lines.length;
  let [end, short, shortInGroup] = [lines.length, 0, 0];
  for (let index = lines.length - 1; index > 0 && !isParagraph(lines[index]!); index -= 1) {
    if (isShort(lines[index]!)) shortInGroup += 1;
    if (lines[index]!.gap < 2) continue;
    if (shortInGroup * 2 <= end - index || !isEven(lines.slice(index, end))) break;
    short += shortInGroup;
    if (isMostlyShort(short, lines.length - index)) at = index;
    [end, shortInGroup] = [index, 0];
  }
  return at;
}

/** Two or more short lines at the end, after a blank line. */
function trailingRun(lines: readonly TextLine[]): ListStart | undefined {
  let at = lines.length;
  for (let index = lines.length - 1; index > 0 && isShort(lines[index]!); index -= 1) {
    if (lines[index]!.gap >= 1) at = index;
  }
  if (lines.length - at < 2 || holdsProse(lines.slice(at))) return undefined;
  return { at, why: 'short lines after a blank line end the file' };
}

/** A paragraph that was broken into lines has none of one sentence. */
function holdsProse(lines: readonly TextLine[]): boolean {
  return toBlocks(lines).some(isPlainlyWrapped);
}

/** Whether so many lines go on in lower case, or are so evenly filled, that they may be prose broken into lines. */
function mayHoldProse(lines: readonly TextLine[]): boolean {
  return holdsProse(lines) || lines.filter(startsLow).length * 5 > lines.length || isFilled(lines);
}

function isParagraph({ kind, text }: TextLine): boolean {
  return kind === 'long' && isTooLong(text);
}

function isShort({ kind }: TextLine): boolean {
  return kind === 'short';
}

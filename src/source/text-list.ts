import type { TextLine } from './text-lines.ts';
import { isPlainlyWrapped, toBlocks } from './text-wrap.ts';

/** Where the list of a root text file begins, as an index of its lines, and why; `at` is their number when there is none. */
export type ListStart = { readonly at: number; readonly why: string };

/** Parts a root text file into what is article and what is list; one of short lines alone is a list. */
export function findList(lines: readonly TextLine[]): ListStart {
  if (lines.every(isShort)) return { at: 0, why: 'no line is long or ends in a full stop' };
  return afterGap(lines) ?? trailingRun(lines) ?? { at: lines.length, why: 'no run of short lines ends the file' };
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
  if (at === undefined || lines.slice(0, at).every(isShort) || holdsProse(lines.slice(at))) return undefined;
  return { at, why: `a gap of ${lines[at]!.gap} blank lines parts prose from lines of one sentence` };
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

function isShort({ kind }: TextLine): boolean {
  return kind === 'short';
}

import { toLine } from '../lib/text.ts';
import type { TextBlock } from './draft.ts';
import { hasWords, isBulleted, kindOf, type LineKind, type TextLine } from './text-lines.ts';
import { isWrapped, joinLines, toBlocks } from './text-wrap.ts';

type Unit = { readonly text: string; readonly kind: LineKind };

/** The text of an article as paragraphs and, where a short line stands between paragraphs, sub-headings. */
export function toTextBlocks(lines: readonly TextLine[]): readonly TextBlock[] {
  const units = toBlocks(lines).flatMap(toUnits);
  return units.map((unit, index) => ({
    type: isHeading(unit, units[index - 1], units[index + 1]) ? 'heading' : 'paragraph',
    text: toLine(unit.text),
  }));
}

function toUnits(block: readonly TextLine[]): readonly Unit[] {
  if (isWrapped(block)) return [toUnit(block)];
  // A sub-heading may stand right above its paragraph.
  if (block[0]!.kind === 'short' && isWrapped(block.slice(1))) return [block[0]!, toUnit(block.slice(1))];
  return block;
}

function toUnit(block: readonly TextLine[]): Unit {
  const text = joinLines(block);
  return { text, kind: kindOf(text) };
}

function isHeading({ text, kind }: Unit, above: Unit | undefined, below: Unit | undefined): boolean {
  if (kind !== 'short' || !isProse(above) || !isProse(below)) return false;
  return hasWords(text) && !isBulleted(text) && !/[:,;،؛：，；…]$|^https?:\/\/\S+$/.test(text);
}

function isProse(unit: Unit | undefined): boolean {
  return unit !== undefined && unit.kind !== 'short';
}

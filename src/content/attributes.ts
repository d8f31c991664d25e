import { toLine, toPlainText } from '../lib/text.ts';
import { globalAttributes, keptElements } from './elements.ts';
import { toReference, toSrcset } from './references.ts';
import type { Attributes } from './tree.ts';

type Cleaner = (value: string, base: string | undefined, attribute: string) => string | undefined;

/** The attributes of a kept element that may be published, with their values made safe; `base` as in references.ts. */
export function cleanAttributes(name: string, attributes: Attributes, base: string | undefined): Attributes {
  const own = keptElements.get(name);
  const cleaned: Record<string, string> = {};
  for (const [attribute, written] of Object.entries(attributes)) {
    if (!globalAttributes.has(attribute) && !own?.has(attribute)) continue;
    const clean = cleaners.get(`${name} ${attribute}`) ?? cleaners.get(attribute) ?? text;
    const value = clean(cleanText(written), base, attribute);
    if (value !== undefined) cleaned[attribute] = value;
  }
  return cleaned;
}

// Where none of these stands, text is clean.
const unclean = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Text as ingest wants it, also where character references wrote it, and without what HTML calls a parse error. */
export function cleanText(written: string): string {
  if (!unclean.test(written)) return written;
  return toPlainText(written).replace(/[\u007f-\u009f]|\p{Noncharacter_Code_Point}/gu, '');
}

const text: Cleaner = (value) => toLine(value) || undefined;
const url: Cleaner = (value, base) => toReference(value, false, base);
const boolean: Cleaner = (_value, _base, attribute) => attribute;
const matching =
  (pattern: RegExp): Cleaner =>
  (value) => {
    const trimmed = value.trim().toLowerCase();
    return pattern.test(trimmed) ? trimmed : undefined;
  };
const pixels: Cleaner = (value) => /^\s*(\d{1,5})(?:\.\d{0,9})?(?:px)?\s*$/i.exec(value)?.[1];
const count = matching(/^\d{1,4}$/);

const codeLanguage = /^lang(?:uage)?-[\w+#.-]+$/;
const footnotePart = /^footnotes?(?:-[a-z]+)?$/;

const cleaners: ReadonlyMap<string, Cleaner> = new Map([
  ['a href', (value: string, base: string | undefined) => toReference(value, true, base)],
  ['a type', matching(/^[\w.+-]+\/[\w.+-]+$/)],
  ['align', matching(/^(?:left|center|right)$/)],
  ['alt', (value: string) => toLine(value)],
  ['cite', url],
  ['class', cleanClass],
  ['colspan', count],
  ['controls', boolean],
  ['default', boolean],
  ['dir', matching(/^(?:ltr|rtl|auto)$/)],
  ['height', pixels],
  ['href', url],
  ['hreflang', matching(/^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/)],
  ['id', (value: string) => value.trim().replace(/\s+/g, '-') || undefined],
  ['kind', matching(/^(?:subtitles|captions|descriptions|chapters|metadata)$/)],
  ['lang', (value: string) => /^\s*([a-z]{1,8}(?:[-_][a-z\d]{1,8})*)\s*$/i.exec(value)?.[1]?.replaceAll('_', '-')],
  ['loading', matching(/^(?:lazy|eager)$/)],
  ['loop', boolean],
  ['muted', boolean],
  ['ol type', (value: string) => /^\s*([1aAiI])\s*$/.exec(value)?.[1]],
  ['open', boolean],
  ['playsinline', boolean],
  ['poster', url],
  ['preload', matching(/^(?:none|metadata|auto)$/)],
  ['rel', matching(/^[a-z][a-z -]*$/)],
  ['reversed', boolean],
  ['rowspan', count],
  ['scope', matching(/^(?:row|col|rowgroup|colgroup)$/)],
  ['span', count],
  ['src', url],
  ['srclang', matching(/^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/)],
  ['srcset', toSrcset],
  ['start', matching(/^-?\d{1,9}$/)],
  ['value', matching(/^-?\d{1,9}$/)],
  ['width', pixels],
]);

/** Of all classes, a code sample's language and the parts of a footnote mean something to a reader. */
function cleanClass(value: string): string | undefined {
  const known = value.split(/\s+/).filter((name) => codeLanguage.test(name) || footnotePart.test(name));
  return known.length === 0 ? undefined : known.join(' ');
}

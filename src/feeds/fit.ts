import { type Format, formats } from './model.ts';
import type { Shown } from './window.ts';

/** The most that a live document has; an entry larger than this in any format is carried with its summary only. */
export const documentBytes = 1_000_000;

/** What is kept free for a document's head, and what stands between two entries. */
const headBytes = 8_000;
const gapBytes = 2;

type Sizes = Readonly<Record<Format, { readonly bytes: number }>>;

/** As many of the newest as a document may hold in every format; whole entries only. */
export function fit(window: readonly Shown[], sizes: ReadonlyMap<string, Sizes>): readonly Shown[] {
  const used = Object.fromEntries(formats.map((format) => [format, headBytes])) as Record<Format, number>;
  const end = window.findIndex(({ entry }) => {
    for (const format of formats) used[format] += sizes.get(entry.id)![format].bytes + gapBytes;
    return formats.some((format) => used[format] > documentBytes);
  });
  return end === -1 ? window : window.slice(0, Math.max(end, 1));
}

/** Whether a document may hold in every format all entries that take at most so many bytes in any. */
export function allFit(bounds: readonly number[]): boolean {
  return bounds.reduce((used, bound) => used + bound + gapBytes, headBytes) <= documentBytes;
}

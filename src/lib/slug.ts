import { takeGraphemes } from './text.ts';

// Written out where the sign is the whole difference, as in C, C++ and C#.
const signs: Record<string, string> = { '+': ' plus ', '#': ' sharp ', '&': ' and ', '@': ' at ', '%': ' percent ' };

/** A path segment that reads like `text`: letters, marks and digits of any script, NFC, lower case, at most 80 characters. */
export function slugify(text: string): string {
  return cutAtHyphen(
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\u00ad\u200b\u2060\ufeff'’‘ʼ]/g, '')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
}

/** As `slugify`, but signs that tell names apart are spelt out: for tags and authors. */
export function slugifyName(name: string): string {
  return slugify(name.replace(/[+#&@%]/g, (sign) => signs[sign]!));
}

function cutAtHyphen(slug: string): string {
  const cut = takeGraphemes(slug, 80);
  if (cut.length === slug.length || slug[cut.length] === '-') return cut;
  const hyphen = cut.lastIndexOf('-');
  return hyphen > 40 ? cut.slice(0, hyphen) : cut;
}

/** `base`, else `base-2`, `base-3` and so on: the first that is not taken. */
export function firstFree(base: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let n = 2; ; n += 1) {
    if (!isTaken(`${base}-${n}`)) return `${base}-${n}`;
  }
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * A language tag in the form of BCP 47 (RFC 5646 §2.1.1): `en_US` becomes `en-US`. Undefined when it is none, as `english`
 * and, for Japanese, `jp`: no language of more than three letters is registered, and those of two are few.
 */
export function toLanguage(text: string): string | undefined {
  const tag = toTag(text);
  const primary = tag?.split('-')[0] ?? '';
  return primary.length > 3 || (primary.length === 2 && names.of(primary) === undefined) ? undefined : tag;
}

function toTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** `fr` or `pt-BR` at the end of a file name; undefined for what names no language, as `js` in `node.js.md`. */
export function toSuffixLanguage(suffix: string): string | undefined {
  if (!/^[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_][a-z]{2})?$/i.test(suffix)) return undefined;
  const language = toLanguage(suffix);
  return language !== undefined && names.of(language.split('-')[0]!) !== undefined ? language : undefined;
}

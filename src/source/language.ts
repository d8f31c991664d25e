const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * A language tag in the form of BCP 47 (RFC 5646 §2.1.1): `en_US` becomes `en-US`. Undefined when it is none, and for
 * `english`: no language is registered with more than three letters.
 */
export function toLanguage(text: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'));
    return tag !== undefined && /^[a-z]{2,3}(?:-|$)/.test(tag) ? tag : undefined;
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

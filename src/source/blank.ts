/** Whether a text shows nothing: white space, no-break and zero-width spaces, soft hyphens. */
export function isBlank(text: string): boolean {
  return !/[^\s\u00ad\u200b\u2060\ufeff]/.test(text);
}

import { remember } from '../lib/remember.ts';

const rtlLetter =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/u;
const letters = /\p{L}/gu;

/** Whether the text, or HTML, has a letter of a script that runs from right to left. */
export function hasRightToLeftLetter(text: string): boolean {
  return rtlLetter.test(text);
}

/** `rtl` when the language's script, or most letters of the text, run from right to left. */
export function directionOf(text: string, language: string | undefined): 'rtl' | undefined {
  if (language !== undefined && isRightToLeft(language)) return 'rtl';
  return isMostlyRightToLeft(text) ? 'rtl' : undefined;
}

// Of the few languages that a publication has; asking for one takes longer than reading its article.
const isRightToLeft = remember(1000, (language: string): boolean => {
  try {
    return new Intl.Locale(language.replaceAll('_', '-')).getTextInfo().direction === 'rtl';
  } catch {
    // Not a language tag: the text itself has to tell.
    return false;
  }
});

/** By its first thousands of letters, which tell as much as all of them. */
function isMostlyRightToLeft(text: string): boolean {
  const start = text.slice(0, 10_000);
  if (!rtlLetter.test(start)) return false;
  let balance = 0;
  for (const [letter] of start.matchAll(letters)) balance += rtlLetter.test(letter) ? 1 : -1;
  return balance > 0;
}

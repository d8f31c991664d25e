const onsets = 'b d f g k l m n p r s t v z br dr gr kl pl tr'.split(' ');
const vowels = 'a e i o u ai ou'.split(' ');

/** A made-up word of three syllables: the same for the same number, another for every other below two million. */
export function word(n: number): string {
  let rest = n;
  let text = '';
  for (let syllable = 0; syllable < 3; syllable += 1) {
    text += onsets[rest % onsets.length]! + vowels[Math.floor(rest / onsets.length) % vowels.length]!;
    rest = Math.floor(rest / (onsets.length * vowels.length));
  }
  return text;
}

/** A made-up name. */
export function name(n: number): string {
  return word(n).replace(/^./, (first) => first.toUpperCase());
}

/** Prose of ten sentences that shares hardly a word with that of any other number. */
export function prose(n: number): string {
  const sentences = Array.from({ length: 10 }, (_, sentence) => {
    const words = Array.from({ length: 9 }, (_, at) => word(n * 97 + sentence * 9 + at));
    return `${name(n * 97 + sentence * 9)} ${words.slice(1).join(' ')}.`;
  });
  return [sentences.slice(0, 5), sentences.slice(5)].map((part) => part.join(' ')).join('\n\n');
}

/** A Markdown article of `prose(n)` with this front matter. */
export function article(n: number, front: Readonly<Record<string, string | boolean>> = {}): string {
  const lines = Object.entries({ title: `Story of ${name(n)}`, ...front }).map(([key, value]) => `${key}: ${value}`);
  return `---\n${lines.join('\n')}\n---\n${prose(n)}\n`;
}

/** Headlines of the harbour town. */
export const pier = 'Harbour opens its new pier';
export const light = 'Old lighthouse to become a library';
export const ferry = 'Ferry sails twice a day from Monday';

/** A list of these lines. */
export function lines(...texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

import { name, word } from '../stories.ts';
import type { Random } from './random.ts';

// No two of these numbers give like words, and none comes twice in a history.
const stride = 1_046_527;
const words = 2_744_000;

/** Makes up words, headlines and prose of which no two are alike, and edits them. */
export class Wording {
  readonly #random: Random;
  #last: number;

  constructor(random: Random) {
    this.#random = random;
    this.#last = random.whole(1, words);
  }

  /** So many words that were never there before. */
  words(count: number): string[] {
    return Array.from({ length: count }, () => word(this.#next()));
  }

  /** A headline of eight words, of which two are names. */
  headline(): string {
    const [first, second] = [name(this.#next()), name(this.#next())];
    return [first, ...this.words(3), second, ...this.words(3)].join(' ');
  }

  /** The headline with one slip, one word more, other capitals or other signs: what an editor mends. */
  mend(headline: string): string {
    const kind = this.#random.whole(1, 4);
    if (kind === 1) return `${headline.replace(/[!?]$/, '')}${this.#random.pick(['!', '?'])}`;
    if (kind === 2)
      return headline.split(' ').length > 8
        ? headline.replace(/ [a-z]+([!?]?)$/, '$1')
        : `${headline.replace(/[!?]$/, '')} ${this.words(1)[0]}`;
    if (kind === 3) return headline === headline.toUpperCase() ? headline.toLowerCase() : headline.toUpperCase();
    return headline.replace(/(?<= [a-z]{3})[a-z](?=[a-z]{2})/, (letter) => (letter === 'x' ? 'q' : 'x'));
  }

  /** The text with one word replaced, somewhere behind its first sentence. */
  fix(text: readonly string[]): string[] {
    return text.toSpliced(this.#random.whole(10, text.length - 1), 1, ...this.words(1));
  }

  /** The text with ten more words. */
  extend(text: readonly string[]): string[] {
    return [...text, ...this.words(10)];
  }

  #next(): number {
    this.#last = (this.#last + stride) % words;
    return this.#last;
  }
}

/** Words as sentences of eight, and these as paragraphs of five. */
export function toProse(text: readonly string[]): string {
  const sentences = chunk(text, 8).map((part) => `${part.join(' ').replace(/^./, (first) => first.toUpperCase())}.`);
  return chunk(sentences, 5)
    .map((part) => part.join(' '))
    .join('\n\n');
}

function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, at * size + size));
}

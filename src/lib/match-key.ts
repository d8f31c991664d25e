/**
 * What all spellings of one headline share, and different news do not: case, white space, punctuation, quotes, dashes,
 * ligatures, composed and decomposed letters, and all that shows as nothing are folded. Letters, marks and digits of
 * any script stay, and so do signs that carry meaning: `C++`, `3.5`, `-5%`, `$3`, `BBB-`. Never empty, unless `text` is:
 * text without any of these gives itself.
 */
export function toMatchKey(text: string): string {
  // A space stays between two digits only, where it tells 3-2 from 32.
  const key = toMatchWords(text)
    .join(' ')
    .replace(/(?<!\d) | (?!\d)/g, '');
  return key === '' ? text : key.normalize('NFC');
}

/** The folded words of `text`, in order, as they make up its match key. Scripts without spaces give long words. */
export function toMatchWords(text: string): readonly string[] {
  return splitWords(text).map(foldCase);
}

/** As `toMatchWords`, with the case as typed. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  // Nothing that is folded reaches over an ordinary space, and a long text has few different pieces.
  const known = new Map<string, readonly string[]>();
  for (const piece of text.split(/[ \t\n]/)) {
    if (isPlain.test(piece)) words.push(piece);
    else if (piece !== '') for (const word of known.getOrInsertComputed(piece, wordsOf)) words.push(word);
  }
  return words;
}

const isPlain = /^[A-Za-z0-9]+$/;

function wordsOf(piece: string): readonly string[] {
  return foldMarks(foldSigns(piece))
    .replace(gap, ' ')
    .split(' ')
    .filter((word) => word !== '');
}

/** Folds the case of one word, without regard to a locale; `ß` is `ss`. */
export function foldCase(word: string): string {
  const lower = word.toLowerCase();
  return isAscii.test(lower) ? lower : lower.replaceAll('ß', 'ss').replaceAll('ς', 'σ').replaceAll('i\u0307', 'i');
}

const isAscii = /^[\0-\x7f]*$/;

// All that Unicode has no shape for, but the letters of flags such as Scotland's.
const unseen = /[\p{Default_Ignorable_Code_Point}--[\u{e0020}-\u{e007f}]]|[™®©℠]/gv;
const quotes = /['"‘’‚‛“”„‟′″‴ʹʺʻʼʽ`´«»‹›＇＂׳״]/gu;
// Of a number or a rating: -5, –$3, BBB-. Any other dash is punctuation.
const minus =
  /((?<![\p{L}\p{N}\p{M}.%)\]])[-–−](?=\p{Sc}?\.?\p{Nd})|(?<=(?<![\p{L}\p{N}])(?:a{1,3}|b{1,3}|c{1,3}|d|f))[-–−](?![\p{L}\p{N}]))|−/giu;
// One character at a time: a run of millions would be too deep for the engine.
const gap =
  /[^\p{L}\p{M}\p{N}\p{Sc}\p{So}\p{Sm}\u{e0020}-\u{e007f}%‰&#§@.,]|[|~]|[.,](?!\d)|(?<!\d),|(?<=[\p{L}\p{M}.])\./gu;

function foldSigns(text: string): string {
  return text
    .replace(unseen, '')
    .replace(/(?<=\p{Nd})(?=\p{No})/gu, ' ')
    .replace(quotes, (_, at: number, all: string) => (isBetweenDigits(all, at) ? ' ' : ''))
    .normalize('NFKC')
    .replace(/(?<=[\p{L}\p{M}])\.(?=\p{L})/gu, '')
    .replace(minus, (_, kept: string | undefined) => (kept === undefined ? ' ' : '−'))
    .replaceAll('%', ' % ');
}

function isBetweenDigits(text: string, at: number): boolean {
  return /\p{Nd}/u.test(text[at - 1] ?? '') && /\p{Nd}/u.test(text[at + 1] ?? '');
}

// Vowel signs of Arabic and Hebrew are written or left out at will, and the tatweel only stretches.
const optionalMarks = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]/g;
const zeros = '٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐';

function foldMarks(text: string): string {
  if (isAscii.test(text)) return text;
  return text
    .replace(optionalMarks, '')
    .replace(/(?![0-9])\p{Nd}/gu, toAsciiDigit)
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .replaceAll('٪', ' % ');
}

function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  for (const zero of zeros) {
    const value = code - zero.charCodeAt(0);
    if (value >= 0 && value <= 9) return String(value);
  }
  return digit;
}

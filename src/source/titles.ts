import { firstSentence, withoutFullStop } from '../lib/sentences.ts';
import { fits, type PlainText, toLine } from '../lib/text.ts';
import { leadingClauses, leadingWords } from './text-clauses.ts';

/** The longest title made of a sentence, in graphemes. */
const longestTitle = 120;

/**
 * The first sentence of a text as its title, without the full stop; of one over 120 graphemes the leading clauses that
 * fit, else the words that fit and an ellipsis. Empty when the text is blank.
 */
export function titleFromText(text: string): PlainText {
  const sentence = closeQuotation(withoutFullStop(toLine(firstSentence(text))));
  if (sentence.length < longestTitle * 20 && fits(sentence, longestTitle)) return toLine(sentence);
  return toLine(leadingClauses(sentence, longestTitle) ?? leadingWords(sentence, longestTitle));
}

/** `“We waited. Now it is here,” he said` begins with a quotation that its first sentence does not end. */
function closeQuotation(sentence: string): string {
  const closer = quotationMarks[sentence[0] ?? ''];
  return closer === undefined || sentence.indexOf(closer, 1) !== -1 ? sentence : sentence + closer;
}

const quotationMarks: Readonly<Record<string, string>> = { '“': '”', '„': '“', '«': '»', '「': '」', '"': '"' };

/**
 * The title that a file's name gives: without extension and leading day, dashes and underscores as spaces; all of the
 * name where nothing of that can be seen.
 */
export function titleFromFileName(name: string): PlainText {
  const stem = name.slice(name.lastIndexOf('/') + 1).replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/, '');
  const undated = stem.replace(/^\d{4}-\d{1,2}-\d{1,2}[-_ ]+(?=.)/, '');
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(undated)) return toLine(undated);
  // Who types spaces in a name means its dashes.
  const words = toLine(undated.replace(/\s/.test(undated) ? /_+/g : /[-_]+/g, ' ')) || toLine(stem) || toLine(name);
  return toLine(words.replace(/^./u, (letter) => letter.toUpperCase()));
}

/** The most capitalised words of a byline. */
const mostWords = 6;
const particle =
  /^(?:de|da|das|do|dos|del|della|di|du|van|von|vom|zu|der|den|ter|ten|la|le|el|al|bin|ibn|bint|af|av|y|e)$/;
const nameWord = /^(?:(?:al|el|as|d|l|o)[-'’])?[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’·-]*$/u;
// Initials and `Jr.` have a dot that is no full stop.
const dottedWord = /^(?:(?:\p{Lu}\.-?)+|(?:Jr|Sr|Dr|Prof|St|Mr|Mrs|Ms|Rev|Sir)\.)$/u;
const role = /(?:^| )(?:Editor|Writer|Correspondent|Reporter|Columnist|Staff|Bureau|Desk|News|Chief)$/;

/**
 * The names of a byline: `By` and at most six capitalised words without a full stop. Undefined when
 * the line is none. What a comma sets off as a post (`Political Editor`) is no name.
 */
export function readByline(line: string): PlainText[] | undefined {
  const match = line.length > 300 ? null : /^by:? (.+)$/i.exec(toLine(line));
  if (match === null) return undefined;
  const names = match[1]!.split(/ ?[,;] ?| (?:and|AND|And|&) /).flatMap((part) => part.replace(/^and /, '') || []);
  const words = names.map((name) => name.split(' ').filter((word) => !particle.test(word)));
  const isByline = words.flat().length <= mostWords && words.every((name) => name.length > 0 && name.every(isNameWord));
  if (!isByline) return undefined;
  return names.filter((name, index) => index === 0 || !role.test(name)).map(toLine);
}

function isNameWord(word: string): boolean {
  return nameWord.test(word) || dottedWord.test(word);
}

// Written before a name or a figure, so that no sentence ends with them.
const leading = words(
  'mr mrs ms mx messrs dr drs prof gen sen rep reps gov lt col sgt capt cpt cmdr cdr adm maj brig rev fr hon pres supt det insp ' +
    'amb atty sra srta dra mme mlle herr hr frl nr v vs cf ca approx',
);
// May stand at the end of a sentence, and mostly do not.
const trailing = words(
  'inc ltd co corp llc plc bros jr sr st ste ave blvd rd mt ft dept assn univ jan feb mar apr jun jul aug sep sept oct nov dec',
);
const lowerCase = words('vs v cf ca approx inc ltd');
// Ordinary words, unless a figure follows.
const beforeFigures = words('no nos fig figs vol art ch sec pp p nr');

// What begins a sentence and is seldom found inside a headline, where `U.S. And China` is one.
const starters =
  /^["“‘«„(]?(?:The|It|He|She|They|We|You|I|This|That|These|Those|There|His|Her|Its|Their|Our|But|However|Meanwhile|When|While|If|After|Although|Then)\b/;

// `U.S.`, `p.m.`, `Ph.D.`, and not `bbc.co.uk.`
const spelledOut = /^(?:(?:\p{L}\.){2,}|(?:\p{Lu}\p{Ll}{0,2}\.){2,})$/u;
const initial = /^\p{Lu}\.$/u;
const ordinal = /^\d{1,2}\.$/;

/** Whether a word that ends in a dot is shortened (`Dr.`, `U.S.`, `Inc.`, `p.m.`), so that at a line's end no sentence ends. */
export function isAbbreviation(word: string): boolean {
  return spelledOut.test(word) || isListed(word, leading) || isListed(word, trailing);
}

/** Whether the dot of `word` leaves the sentence open, seeing how the text goes on. */
export function leavesOpen(word: string, next: string): boolean {
  if (isListed(word, leading) || /^(?:e\.g|i\.e|z\.b|d\.h)\.$/i.test(word)) return true;
  if (beforeFigures.has(word.slice(0, -1).toLowerCase()) && /^\d/.test(next)) return true;
  const isOften = initial.test(word) || ordinal.test(word) || spelledOut.test(word) || isListed(word, trailing);
  return isOften && !starters.test(next);
}

function isListed(word: string, list: ReadonlySet<string>): boolean {
  if (!word.endsWith('.')) return false;
  const name = word.slice(0, -1);
  return list.has(name.toLowerCase()) && (/^\p{Lu}/u.test(name) || lowerCase.has(name));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import { type PlainText, toLine } from '../lib/text.ts';
import { compact } from './compact.ts';
import { readDate } from './dates.ts';
import { describe } from './describe.ts';
import type { HeadlineDraft, Person } from './draft.ts';
import { type HeadlineLine, readHeadlineLine } from './headline-line.ts';
import { uniqueTags } from './tags.ts';

/** What holds for every headline of a list, unless it says otherwise. */
export type ListDefaults = {
  readonly file: string;
  readonly timezone: string;
  readonly authors: readonly Person[];
  readonly tags: readonly PlainText[];
  readonly date?: Instant;
};

export type ListLine = { readonly text: string; readonly line: number };
export type ListReading = { readonly drafts: readonly HeadlineDraft[]; readonly problems: readonly Problem[] };

/** Headlines from the lines of a list as typed. A bad line is an error of its own; the others are not touched by it. */
export function readHeadlineLines(lines: readonly ListLine[], defaults: ListDefaults): ListReading {
  const drafts: HeadlineDraft[] = [];
  const problems: Problem[] = [];
  let section: readonly PlainText[] = [];
  for (const { text, line } of dropNumbers(lines)) {
    const heading = /^#{2,6}\s+(?=\S)/.exec(text.trimStart());
    if (heading !== null) section = [headingTag(text.trimStart().slice(heading[0].length))];
    else if (isRule(text)) problems.push(note(defaults, line, `expected a headline, found the rule ${describe(text)}`));
    else
      addHeadline(drafts, problems, { text, line }, { ...defaults, tags: uniqueTags([...defaults.tags, ...section]) });
  }
  return { drafts, problems };
}

function addHeadline(drafts: HeadlineDraft[], problems: Problem[], line: ListLine, defaults: ListDefaults): void {
  const headline = readHeadlineLine(line.text);
  const at = headline?.date === undefined ? undefined : readDate(headline.date, defaults.timezone);
  if (headline === undefined) problems.push(fault(defaults, line, 'expected a headline, found', line.text));
  else if (at !== undefined && 'reason' in at)
    problems.push({ ...note(defaults, line.line, at.reason), severity: 'error' });
  else drafts.push(toDraft(headline, at?.at, line, defaults));
  if (headline?.title.includes('](')) {
    const found = describe(headline.title);
    const message = `expected [text](URL) without further brackets or blanks, found ${found}: it stays as typed`;
    problems.push(note(defaults, line.line, message));
  }
  if (headline?.badLink === undefined) return;
  problems.push(
    note(defaults, line.line, `expected an http or https URL as link, found ${describe(headline.badLink)}`),
  );
}

function toDraft(
  headline: HeadlineLine,
  at: Instant | undefined,
  { line }: ListLine,
  defaults: ListDefaults,
): HeadlineDraft {
  return compact<HeadlineDraft>({
    kind: 'headline',
    file: defaults.file,
    line,
    title: headline.title,
    struck: headline.struck,
    authors: defaults.authors,
    tags: defaults.tags,
    date: at ?? defaults.date,
    link: headline.link,
  });
}

function headingTag(text: string): PlainText {
  return toLine(toLine(text).replace(/ #{1,6}$/, ''));
}

/** `---`, `* * *` and their kind: they part a list and say nothing. */
function isRule(text: string): boolean {
  const marks = text.slice(0, 200).replace(/\s/g, '');
  return text.length < 200 && (/^([-*_=~])\1{2,}$/.test(marks) || /^[-*+–—•‣◦▪·]$/.test(marks));
}

function fault(defaults: ListDefaults, { line }: ListLine, expected: string, found: string): Problem {
  const kind = /https?:|www\./i.test(found) ? 'only the link ' : '';
  return { severity: 'error', file: defaults.file, line, message: `${expected} ${kind}${describe(found)}` };
}

function note(defaults: ListDefaults, line: number, message: string): Problem {
  return { severity: 'warning', file: defaults.file, line, message };
}

const number = /^\s*(\d{1,4})[.)]\s+(?=\S)/;

/** Numbers go where every line of a block, or of the whole list, has one and they ascend: `1. FC Köln siegt` is whole. */
function dropNumbers(lines: readonly ListLine[]): readonly ListLine[] {
  if (isNumbered(lines)) return lines.map(withoutNumber);
  return blocksOf(lines).flatMap((block) => (isNumbered(block) ? block.map(withoutNumber) : block));
}

function isNumbered(lines: readonly ListLine[]): boolean {
  const numbers = lines.map(({ text }) => Number(number.exec(text)?.[1] ?? Number.NaN));
  return (
    lines.length > 1 &&
    numbers.every((value, index) => (index === 0 ? !Number.isNaN(value) : value > numbers[index - 1]!))
  );
}

function withoutNumber({ text, line }: ListLine): ListLine {
  return { text: text.replace(number, ''), line };
}

function blocksOf(lines: readonly ListLine[]): readonly (readonly ListLine[])[] {
  const blocks: ListLine[][] = [];
  let last: ListLine | undefined;
  for (const line of lines) {
    const continues = last !== undefined && line.line === last.line + 1 && !/^\s*#{2,6}\s/.test(last.text);
    if (continues) blocks.at(-1)!.push(line);
    else blocks.push([line]);
    last = line;
  }
  return blocks;
}

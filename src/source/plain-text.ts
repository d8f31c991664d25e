import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import type { TextBlock } from './draft.ts';
import { toTextBlocks } from './text-blocks.ts';
import { readHead } from './text-head.ts';
import { type TextLine, toTextLines } from './text-lines.ts';
import { findList, type ListStart } from './text-list.ts';
import { titleFromText } from './titles.ts';

/** Where a text file lies: at the root, elsewhere (an article), or among the headline lists. */
export type TextPlace = 'root' | 'article' | 'headlines';

/** What a plain text file says. */
export type TextReading = {
  /** How the file was read and why, for lint: one sentence without a full stop. */
  readonly how: string;
  readonly article?: {
    /** Absent only when it was given. */
    readonly title?: PlainText;
    readonly titleFrom: 'first line' | 'first sentence' | 'given';
    readonly authors: readonly PlainText[];
    /** The date under the title, as written. */
    readonly dateText?: string;
    readonly blocks: readonly TextBlock[];
    /** 1-based line where the article begins. */
    readonly line: number;
  };
  /** Lines of the list as typed, top first; bullets, links and dates are still in them. */
  readonly listLines: readonly { readonly text: string; readonly line: number }[];
  readonly problems: readonly Problem[];
};

export type TextOptions = {
  readonly file: string;
  readonly place: TextPlace;
  /** The title that front matter gives. */
  readonly title?: PlainText;
  /** The line of the file that the text begins on; 1 if absent. */
  readonly firstLine?: number;
};

/** Reads a plain text file as an article, a list of headlines, or an article followed by a list. */
export function readPlainText(text: PlainText, options: TextOptions): TextReading {
  const typed = toTextLines(text, options.firstLine ?? 1);
  const lines = withoutEndMark(typed);
  if (lines.length === 0) return unreadable(options.file, typed[0]);
  const list = toListStart(lines, options.place);
  const listLines = lines.slice(list.at).map(({ text: one, line }) => ({ text: one, line }));
  const above = withoutEndMark(lines.slice(0, list.at));
  if (above.length === 0) return { how: `a list of ${count(listLines, 'line')}: ${list.why}`, listLines, problems: [] };
  const { article, problems } = toArticle(above, options);
  return { how: describeReading(article, listLines, list.why), article, listLines, problems };
}

function toListStart(lines: readonly TextLine[], place: TextPlace): ListStart {
  if (place === 'headlines') return { at: 0, why: 'each line of a headlines file is a headline' };
  if (place === 'article') return { at: lines.length, why: 'a text file in a folder is one article' };
  return findList(lines);
}

type TextArticle = NonNullable<TextReading['article']>;

function toArticle(
  lines: readonly TextLine[],
  { file, title }: TextOptions,
): { article: TextArticle; problems: readonly Problem[] } {
  const head = readHead(lines, file, title !== undefined);
  const blocks = toTextBlocks(head.rest);
  const article = {
    ...toTitle(head.title, title, blocks),
    authors: head.authors ?? [],
    ...(head.dateText === undefined ? {} : { dateText: head.dateText }),
    blocks,
    line: lines[0]!.line,
  };
  return { article, problems: head.problems };
}

function toTitle(
  firstLine: PlainText | undefined,
  given: PlainText | undefined,
  blocks: readonly TextBlock[],
): Pick<TextArticle, 'title' | 'titleFrom'> {
  if (given !== undefined) return { titleFrom: 'given' };
  if (firstLine !== undefined) return { title: firstLine, titleFrom: 'first line' };
  const block = blocks.find(({ text }) => /\p{L}/u.test(text)) ?? blocks[0];
  return { title: titleFromText(block?.text ?? ''), titleFrom: 'first sentence' };
}

/** The lines without the mark that ends copy: `ENDS`, `-30-`, `###`. */
function withoutEndMark(lines: readonly TextLine[]): readonly TextLine[] {
  const last = lines.at(-1)?.text.trim() ?? '';
  const isMark = /^(?:ENDS|[-–—] ?(?:ENDS?|[Ee]nds?|30) ?[-–—]|# ?# ?#)$/.test(last);
  return isMark ? lines.slice(0, -1) : lines;
}

function describeReading(article: TextArticle, listLines: readonly unknown[], why: string): string {
  const paragraphs = count(
    article.blocks.filter(({ type }) => type === 'paragraph'),
    'paragraph',
  );
  const titled = article.titleFrom === 'given' ? 'titled by its front matter' : `titled by its ${article.titleFrom}`;
  const list = listLines.length === 0 ? '' : `, then a list of ${count(listLines, 'line')}`;
  return `an article of ${paragraphs}, ${titled}${list}: ${why}`;
}

function count(things: readonly unknown[], noun: string): string {
  return `${things.length} ${noun}${things.length === 1 ? '' : 's'}`;
}

function unreadable(file: string, mark: TextLine | undefined): TextReading {
  const found = mark === undefined ? 'nothing but blank' : `only ${mark.text.trim()}`;
  const place = mark === undefined ? {} : { line: mark.line };
  const problem: Problem = { severity: 'error', file, ...place, message: `expected text, found ${found}` };
  return { how: 'unreadable: it holds no text', listLines: [], problems: [problem] };
}

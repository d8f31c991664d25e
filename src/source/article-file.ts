import { hasError, type Problem } from '../lib/problem.ts';
import { isBlank, type PlainText } from '../lib/text.ts';
import type { Publication } from '../publication.ts';
import { type ArticleText, toArticle } from './article.ts';
import { compact } from './compact.ts';
import { readDate } from './dates.ts';
import type { ArticleDraft, Draft } from './draft.ts';
import { type Fields, find, readText } from './fields.ts';
import { frontFields, isDraft } from './front-fields.ts';
import type { FrontMatter } from './front-matter.ts';
import { type ListDefaults, readHeadlineLines } from './headline-list.ts';
import { toListDefaults } from './list-defaults.ts';
import { readPlainText, type TextReading } from './plain-text.ts';
import { isSitePage } from './site-page.ts';

/** What one source file holds. `how` says in a few words how it was read. */
export type FileReading = {
  readonly how: string;
  readonly drafts: readonly Draft[];
  readonly problems: readonly Problem[];
};

/** A Markdown or HTML file: one article. */
export function readMarkupFile(
  file: string,
  markup: 'markdown' | 'html',
  matter: FrontMatter,
  settings: Publication,
): FileReading {
  const fields = frontFields(file, matter.data);
  const isEmpty = isBlank(matter.body) && find(fields, ['title']) === undefined;
  // A page that leads elsewhere, and says nothing.
  const isRedirect = find(fields, ['redirect_to', 'redirect']) !== undefined;
  if (isEmpty && isRedirect) return { how: 'a redirect', drafts: [], problems: [] };
  // Its layout has the text.
  const isIndex = /(?:^|\/)index\.[^/]*$/i.test(file);
  if (isEmpty && isIndex && isSitePage(fields)) return { how: 'a page of the site', drafts: [], problems: [] };
  if (isEmpty) {
    const message = 'expected a title, or text below the front matter, found neither';
    fields.problems.push({ severity: 'error', file, message });
  }
  const body = { markup, text: matter.body, line: matter.line };
  const article = toArticle(fields, { body, line: 1 }, settings.timezone);
  const what = article.page ? 'page of the site' : 'article';
  const how = `${markup === 'html' ? 'an HTML' : 'a Markdown'} ${what}`;
  return toReading(how, article, fields);
}

function toReading(how: string, article: ArticleDraft, { problems }: Fields): FileReading {
  return { how, drafts: hasError(problems) ? [] : [article], problems };
}

/** A text file: one article; at the root also a list, or an article followed by one. */
export function readTextFile(file: string, matter: FrontMatter, settings: Publication): FileReading {
  const fields = frontFields(file, matter.data);
  const title = readText(fields, ['title']);
  if (title !== undefined && isBlank(matter.body)) return readTitleOnly(fields, matter, settings);
  const reading = readBody(file, matter, title);
  fields.problems.push(...reading.problems);
  const article = reading.article === undefined ? undefined : articleText(fields, reading.article, matter, settings);
  const draft = article === undefined ? undefined : toArticle(fields, article, settings.timezone);
  const date = reading.article?.dateText === undefined ? draft?.date : undefined;
  const defaults =
    draft === undefined ? toListDefaults(fields, settings) : { ...listOf(draft, settings), ...compact({ date }) };
  const list = readHeadlineLines(reading.listLines, defaults);
  const isPage = draft?.page ?? isSitePage(fields);
  const isUnseen = isPage || (draft?.draft ?? isDraft(fields));
  const failed = hasError(fields.problems);
  // A day that cannot be read under the title is the article's fault, all else would date or tag the list wrongly.
  const isHeld = isUnseen || (failed && (matter.data !== undefined || reading.article?.dateText === undefined));
  return {
    how: isPage ? 'a page of the site' : reading.how,
    drafts: [...(draft === undefined || failed ? [] : [draft]), ...(isHeld ? [] : list.drafts)],
    problems: [...fields.problems, ...list.problems],
  };
}

// The headlines below an article are not by its writers.
function listOf({ file, tags }: Draft, { timezone }: Publication): ListDefaults {
  return { file, timezone, tags, authors: [] };
}

function readBody(file: string, matter: FrontMatter, title: PlainText | undefined): TextReading {
  const options = { file, firstLine: matter.line, ...(title === undefined ? {} : { title }) };
  if (file.includes('/')) return readPlainText(matter.body, { ...options, place: 'article' });
  const reading = readPlainText(matter.body, { ...options, place: 'root' });
  // A title in front matter is an article's, however short its lines are.
  const isList = reading.article === undefined && title !== undefined;
  return isList ? readPlainText(matter.body, { ...options, place: 'article' }) : reading;
}

function articleText(
  fields: Fields,
  article: NonNullable<TextReading['article']>,
  matter: FrontMatter,
  settings: Publication,
): ArticleText {
  const date = article.dateText === undefined ? undefined : readDate(article.dateText, settings.timezone);
  if (date !== undefined && 'reason' in date) {
    fields.problems.push({ severity: 'error', file: fields.file, line: article.line, message: date.reason });
  }
  const isRoot = !fields.file.includes('/');
  return {
    body: { markup: 'text', blocks: article.blocks, line: article.line },
    line: matter.data === undefined ? article.line : 1,
    authors: article.authors,
    briefing: isRoot && matter.data === undefined,
    slugFromTitle: isRoot && find(fields, ['title']) === undefined,
    // A text of punctuation alone has no title in it.
    ...(article.title ? { title: article.title } : {}),
    ...(date !== undefined && 'at' in date ? { date: date.at } : {}),
  };
}

function readTitleOnly(fields: Fields, matter: FrontMatter, settings: Publication): FileReading {
  const body = { markup: 'text', blocks: [], line: matter.line } as const;
  return toReading('a text article without text', toArticle(fields, { body, line: 1 }, settings.timezone), fields);
}

import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { compact } from './compact.ts';
import { readDate } from './dates.ts';
import type { ArticleDraft, Body } from './draft.ts';
import { type Fields, find, readAs, readInstant, readText } from './fields.ts';
import { type FileName, readFileName } from './file-name.ts';
import { isDraft, readAuthors, readContentChoice, readFlag, readPublished } from './front-fields.ts';
import { toLanguage } from './language.ts';
import { readMedia } from './media-fields.ts';
import { readPermalink } from './permalink.ts';
import { isSitePage } from './site-page.ts';
import { readTags } from './tags.ts';

/** What the reading of the text adds to front matter. */
export type ArticleText = {
  readonly body: Body;
  readonly line: number;
  readonly title?: PlainText;
  readonly authors?: readonly PlainText[];
  /** A date line under the title. */
  readonly date?: Instant;
  readonly briefing?: boolean;
  /** An untitled root file, whose slug its title makes. */
  readonly slugFromTitle?: boolean;
};

/** An article from its front matter, its text and its file's name, in this order. What is wrong gathers in `fields`. */
export function toArticle(fields: Fields, text: ArticleText, timezone: string): ArticleDraft {
  const name = readFileName(fields.file);
  const authors = readAuthors(fields);
  const date = readPublished(fields, timezone) ?? text.date ?? dayOfName(fields, name, timezone);
  const permalink = readPermalink(fields);
  const day = date === undefined ? (dayOfPath(permalink, timezone) ?? dayOfPath(fields.file, timezone)) : undefined;
  return compact<ArticleDraft>({
    kind: 'article',
    file: fields.file,
    line: text.line,
    title: readText(fields, ['title'], 'error') ?? text.title,
    body: text.body,
    date,
    day,
    updated: readInstant(fields, ['updated', 'lastmod', 'modified', 'last_modified_at'], timezone),
    expires: readInstant(fields, ['expires', 'expiryDate'], timezone),
    authors: authors.length > 0 ? authors : (text.authors ?? []).map((author) => ({ name: author })),
    tags: readTags(fields),
    summary: readText(fields, ['description', 'summary', 'excerpt']),
    link: readAs(fields, ['link', 'external_url'], 'an http or https URL', (text) => toAbsoluteUrl(text)),
    draft: isDraft(fields),
    minor: readFlag(fields, 'minor'),
    content: readContentChoice(fields),
    language: readAs(fields, ['lang', 'language'], 'a language such as en or pt-BR', toLanguage) ?? name.language,
    slug: readSlug(fields, text, name),
    permalink,
    guid: readText(fields, ['guid']),
    id: readText(fields, ['id']),
    media: readMedia(fields),
    briefing: text.briefing ?? false,
    lines: linesOf(fields),
    page: date === undefined && day === undefined && isSitePage(fields) ? true : undefined,
  });
}

/** The day that the file's name begins with. A day that is not on the calendar is an error, unless another date counts. */
export function dayOfName(fields: Fields, name: FileName, timezone: string): Instant | undefined {
  const reading = name.day === undefined ? undefined : readDate(name.day, timezone);
  if (reading === undefined || 'at' in reading) return reading?.at;
  // A date that cannot be read was reported already.
  if (find(fields, ['date', 'pubDate', 'publishDate']) === undefined) {
    fields.problems.push({ severity: 'error', file: fields.file, message: `file name: ${reading.reason}` });
  }
  return undefined;
}

function linesOf(fields: Fields): ArticleDraft['lines'] {
  const lineOf = (...names: readonly string[]): number | undefined => {
    const field = find(fields, names);
    return field === undefined ? undefined : fields.lineOf([field.name]);
  };
  const lines = compact<NonNullable<ArticleDraft['lines']>>({
    path: lineOf('permalink', 'url', 'path', 'slug'),
    id: lineOf('guid', 'id'),
    date: lineOf('publishDate', 'date', 'published', 'pubDate'),
  });
  return Object.keys(lines).length === 0 ? undefined : lines;
}

/** The day whose folders a file or its page lies in, as `2026/02/08/` or `2026-02-08/`. */
function dayOfPath(path: string | undefined, timezone: string): Instant | undefined {
  const [, ...parts] = /(?:^|\/)((?:19|20)\d{2})[-/](\d{1,2})[-/](\d{1,2})\/./.exec(path ?? '') ?? [];
  const reading = parts.length === 0 ? undefined : readDate(parts.join('-'), timezone);
  return reading !== undefined && 'at' in reading ? reading.at : undefined;
}

function readSlug(fields: Fields, text: ArticleText, name: FileName): ArticleDraft['slug'] {
  const explicit = readText(fields, ['slug']);
  if (explicit !== undefined) return { text: explicit, explicit: true };
  return text.slugFromTitle ? undefined : { text: name.slug, explicit: false };
}

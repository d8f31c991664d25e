import { hasError, type Problem } from '../lib/problem.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { compact } from './compact.ts';
import { describe } from './describe.ts';
import type { HeadlineDraft } from './draft.ts';
import { type Fields, find, readText, report, toFields } from './fields.ts';
import { isDraft, readPublished } from './front-fields.ts';
import { type ListDefaults, type ListReading, readHeadlineLines } from './headline-list.ts';
import { isRecord } from './located.ts';
import { toPeople } from './people.ts';
import { readTags, uniqueTags } from './tags.ts';

/** One row of a list kept as data, and where its members are. */
export type Row = { readonly value: unknown; readonly line: number; readonly lineOf: (key: string) => number };

/** Headlines from rows of YAML, JSON or CSV: keys and values, or a text that is read as a line of a list is. */
export function readRows(rows: readonly Row[], defaults: ListDefaults): ListReading {
  const readings = rows.map((row) => readRow(row, defaults));
  return {
    drafts: readings.flatMap(({ drafts }) => drafts),
    problems: readings.flatMap(({ problems }) => problems),
  };
}

function readRow(row: Row, defaults: ListDefaults): ListReading {
  if (typeof row.value === 'string' || typeof row.value === 'number') {
    return readHeadlineLines([{ text: String(row.value), line: row.line }], defaults);
  }
  if (!isRecord(row.value)) {
    const message = `expected a headline or keys such as title and link, found ${describe(row.value)}`;
    return { drafts: [], problems: [{ severity: 'error', file: defaults.file, line: row.line, message }] };
  }
  const problems: Problem[] = [];
  const lineOf = ([key]: readonly (string | number)[]) => row.lineOf(String(key));
  const draft = toDraft(toFields(row.value, { file: defaults.file, lineOf, problems }), row, defaults);
  return { drafts: hasError(problems) || draft === undefined ? [] : [draft], problems };
}

function toDraft(fields: Fields, row: Row, defaults: ListDefaults): HeadlineDraft | undefined {
  // What is not meant to be seen yet is not published, in lists as in articles.
  if (isDraft(fields)) return undefined;
  const title = readText(fields, ['title', 'headline'], 'error');
  if (title === undefined && find(fields, ['title', 'headline']) === undefined) {
    fields.problems.push({
      severity: 'error',
      file: fields.file,
      line: row.line,
      message: `expected a title, found ${foundInstead(row.value)}`,
    });
  }
  if (title === undefined) return undefined;
  const authors = find(fields, ['authors', 'author']);
  return compact<HeadlineDraft>({
    kind: 'headline',
    file: defaults.file,
    line: row.line,
    title,
    struck: false,
    date: readPublished(fields, defaults.timezone) ?? defaults.date,
    authors:
      authors === undefined ? defaults.authors : toPeople(authors.value).filter((person) => person !== undefined),
    tags: uniqueTags([...defaults.tags, ...readTags(fields)]),
    summary: readText(fields, ['summary', 'description', 'excerpt']),
    link: readLink(fields),
  });
}

/** `- Live: storm hits the coast` is a key and its value to YAML. */
function foundInstead(value: Row['value']): string {
  const [[key, text] = [], ...more] = isRecord(value) ? Object.entries(value) : [];
  if (key === undefined || !/^\p{Lu}|\s/u.test(key) || typeof text !== 'string' || more.length > 0) return 'none';
  return `only ${describe(key)}: a headline with a colon and a blank in it needs quotation marks`;
}

function readLink(fields: Fields): HeadlineDraft['link'] {
  const field = find(fields, ['link', 'url', 'external_url']);
  const link = field === undefined ? undefined : toAbsoluteUrl(String(field.value));
  if (field !== undefined && link === undefined) report(fields, field, 'an http or https URL');
  return link;
}

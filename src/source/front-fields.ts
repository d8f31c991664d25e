import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { compact } from './compact.ts';
import type { Person } from './draft.ts';
import { type Fields, find, readAs, readInstant, report, scalarText, toBoolean, toFields } from './fields.ts';
import type { FrontMatter } from './front-matter.ts';
import { isRecord, type Located } from './located.ts';
import { oddUrls, toPeople } from './people.ts';

/** The fields of a file's front matter, none when it has none. */
export function frontFields(file: string, data: FrontMatter['data']): Fields {
  const located: Located = data ?? { value: {}, lineOf: () => 1, warnings: [] };
  const problems: Problem[] = located.warnings.map(({ line, message }) => ({
    severity: 'warning',
    file,
    line,
    message,
  }));
  const record = isRecord(located.value) ? located.value : {};
  return toFields(record, { file, lineOf: located.lineOf, problems });
}

/**
 * `date`, `published` or `pubDate`; but a later `publishDate`, which is Hugo's day of coming out, holds it back.
 * `published` is also Jekyll's truth value, and then no date.
 */
export function readPublished(fields: Fields, timezone: string): Instant | undefined {
  const names = ['date', ...(isFlag(fields, 'published') ? [] : ['published']), 'pubDate'];
  const date = readInstant(fields, names, timezone);
  const due = readInstant(fields, ['publishDate'], timezone);
  return date === undefined || (due !== undefined && due > date) ? due : date;
}

// Pelican's words for what is kept from readers, and WordPress's.
const heldBack = /^(?:draft|hidden|skip|private|pending)$/i;

/** Whether `draft: true`, `published: false` or `status: draft` holds it back; one is enough. */
export function isDraft(fields: Fields): boolean {
  const draft = readFlag(fields, 'draft', 'error');
  const published = isFlag(fields, 'published') ? toBoolean(find(fields, ['published'])!.value) : true;
  const statuses = [find(fields, ['status'])?.value].flat().map((value) => scalarText(value) ?? '');
  return draft || published === false || statuses.some((status) => heldBack.test(status));
}

/** A truth value, false when it is not given. */
export function readFlag(fields: Fields, name: string, severity: Problem['severity'] = 'warning'): boolean {
  const field = find(fields, [name]);
  const value = field === undefined ? false : toBoolean(field.value);
  if (field !== undefined && value === undefined) report(fields, field, 'true or false', severity);
  return value ?? false;
}

/** The writers that `author` or `authors` gives. */
export function readAuthors(fields: Fields): readonly Person[] {
  const field = find(fields, ['author', 'authors']);
  const people = field === undefined ? [] : toPeople(field.value);
  if (field !== undefined && people.includes(undefined)) report(fields, field, 'a name, or keys with a name');
  for (const url of oddUrls(field?.value)) report(fields, { name: field!.name, value: url }, 'an http or https URL');
  const known = people.filter((person) => person !== undefined);
  const [person] = known;
  if (person === undefined || known.length > 1) return known;
  const beside = { uri: readAuthorUrl(fields, 'url'), avatar: readAuthorUrl(fields, 'image_url') };
  return [{ ...compact<Pick<Person, 'uri' | 'avatar'>>(beside), ...person }];
}

/** Docusaurus's `author_url`, which it once called `authorURL`. */
function readAuthorUrl(fields: Fields, name: string): Person['uri'] {
  const field = find(fields, [`author_${name}`, `author${name.replace('_', '')}`]);
  return field === undefined ? undefined : toAbsoluteUrl(scalarText(field.value) ?? '');
}

/** `full` or `summary`; other generators keep other things under the same name. */
export function readContentChoice(fields: Fields): 'full' | 'summary' | undefined {
  const choices = ['full', 'summary'] as const;
  return readAs(fields, ['content'], 'full or summary', (text) => choices.find((word) => word === text));
}

function isFlag(fields: Fields, name: string): boolean {
  const field = find(fields, [name]);
  return field !== undefined && toBoolean(field.value) !== undefined;
}

import { z } from 'zod';
import { type PlainText, toLine } from '../lib/text.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../lib/url.ts';
import type { FeedSettings, Publication } from '../publication.ts';
import { compact } from './compact.ts';
import { readDate } from './dates.ts';
import type { Person } from './draft.ts';
import { toFeedName } from './feed-name.ts';
import { toBoolean } from './fields.ts';
import { toLanguage } from './language.ts';
import { toPeople } from './people.ts';
import { toTags, uniqueTags } from './tags.ts';
import { isTimezone } from './zone.ts';

/** One thing wrong in publication.yaml: where, what was expected there, and what was found. */
export type Issue = { readonly path: readonly (string | number)[]; readonly expected: string; readonly found: unknown };

/** Settings from the data of publication.yaml, `defaults` where it says nothing. Only without an issue is there a publication. */
export function checkSettings(
  data: unknown,
  defaults: Publication,
): { publication?: Publication; issues: readonly Issue[] } {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return { issues: parsed.error.issues.flatMap((issue) => toIssues(issue, data)) };
  const issues: Issue[] = [];
  const publication = fill(parsed.data, defaults, issues);
  return issues.length === 0 ? { publication, issues } : { issues };
}

const feedNames = 'all, articles, headlines, tags/NAME or authors/NAME';
const feedName = /^(?:all|articles|headlines|(?:tags|authors)\/[^/\s](?:[^/\n]{0,198}[^/\s])?)$/;
const formerName = /^(?:tags|authors)\/[^/]/;
const iri = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i;

/** A scalar that `parse` makes something of; `expected` says what, for the problem. */
function scalar<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.unknown().transform((value, context): T => {
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined) context.addIssue(expected);
    return parsed ?? z.NEVER;
  });
}

function oneOf<const T extends string>(words: readonly T[]) {
  return scalar(words.join(' or '), (text) => words.find((word) => word === text));
}

function whole(least: number, most: number) {
  return scalar(`a whole number from ${least} to ${most}`, (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return number >= least && number <= most ? number : undefined;
  });
}

/** A list, or one value in place of a list of one. */
function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item));
}

const text = scalar('text', (value): PlainText | undefined => toLine(value) || undefined);
const url = scalar('an http or https URL', (value): AbsoluteUrl | undefined => toAbsoluteUrl(value));
const content = oneOf(['full', 'summary']);
const limit = whole(1, 1000);
const flag = scalar('true or false', toBoolean);
const feed = scalar(feedNames, (name) => (feedName.test(name) ? toFeedName(name) : undefined));
// The three main feeds are always there, and their readers are not to be sent elsewhere.
const formerFeed = scalar('tags/NAME or authors/NAME', (name) =>
  formerName.test(name) ? toFeedName(name) : undefined,
);

const people = z.unknown().transform((value, context): readonly Person[] => {
  const found = toPeople(value);
  if (found.includes(undefined)) context.addIssue('a name, keys with a name, or a list of these');
  return found.filter((person) => person !== undefined);
});

const tags = z.unknown().transform((value, context): readonly PlainText[] => {
  const found = toTags(value, () => context.addIssue('a tag or a list of tags'));
  return uniqueTags(found);
});

const feedSettings = z.strictObject(
  {
    title: text.optional(),
    description: text.optional(),
    limit: limit.optional(),
    content: content.optional(),
    push: flag.optional(),
    was: listOf(formerFeed).optional(),
  },
  'keys such as title, limit and content',
);

const ending = z.preprocess(
  (value) => (typeof value === 'string' ? { feed: value } : value),
  z.strictObject({ feed, ended: z.string().optional() }, 'the name of a feed, or keys feed and ended'),
);

// Every scalar is text as written, and nulls are taken out. An issue's message is what was expected.
const schema = z.strictObject(
  {
    id: scalar('an absolute IRI such as urn:uuid:… or https://…', (id) =>
      iri.test(id) ? toLine(id) : undefined,
    ).optional(),
    title: text.optional(),
    description: text.optional(),
    language: scalar('a language such as en or pt-BR', toLanguage).optional(),
    timezone: scalar('a time zone such as Europe/Paris', (name) => (isTimezone(name) ? name : undefined)).optional(),
    authors: people.optional(),
    author: people.optional(),
    rights: text.optional(),
    license: url.optional(),
    icon: text.optional(),
    logo: text.optional(),
    tags: tags.optional(),
    hubs: listOf(url).optional(),
    push: z.strictObject({ delay: whole(0, 86_400) }, 'the key delay').optional(),
    cdn: flag.optional(),
    hooks: z.strictObject({ published: url }, 'the key published').optional(),
    limit: limit.optional(),
    content: content.optional(),
    feeds: z.record(z.string().regex(feedName), feedSettings, 'feeds and their settings').optional(),
    gone: listOf(ending).optional(),
    permalinks: scalar('a URL with {path} in it, such as https://site.example/{path}/', (value) =>
      value.includes('{path}') && toAbsoluteUrl(value) !== undefined ? value : undefined,
    ).optional(),
    headlines: z
      .strictObject(
        { link: oneOf(['external', 'page']).optional(), removed: oneOf(['keep', 'withdraw']).optional() },
        'keys link and removed',
      )
      .optional(),
    grace: whole(0, 86_400).optional(),
    webfeeds: z
      .strictObject(
        {
          accentColor: scalar('a colour such as 0A84FF', (value) => /^#?([\da-f]{6})$/i.exec(value)?.[1]).optional(),
          cover: text.optional(),
        },
        'keys accentColor and cover',
      )
      .optional(),
  },
  'keys and values',
);

function fill(settings: z.output<typeof schema>, defaults: Publication, issues: Issue[]): Publication {
  const { author, authors, feeds, gone, headlines, webfeeds, ...rest } = settings;
  const timezone = rest.timezone ?? defaults.timezone;
  const given = new Map<string, FeedSettings>();
  for (const [written, feed] of Object.entries(feeds ?? {})) {
    const name = toFeedName(written);
    if (given.has(name)) issues.push({ path: ['feeds', written], expected: 'each feed once', found: written });
    given.set(name, compact<FeedSettings>({ ...feed, was: feed.was ?? [] }));
  }
  return compact<Publication>({
    ...defaults,
    ...compact<Partial<Publication>>(rest),
    authors: authors ?? author ?? defaults.authors,
    feeds: Object.fromEntries(given),
    gone: (gone ?? []).map((ending, index) => toGone(ending, timezone, index, issues)),
    headlines: { ...defaults.headlines, ...compact<Partial<Publication['headlines']>>(headlines ?? {}) },
    webfeeds: webfeeds === undefined ? undefined : compact<NonNullable<Publication['webfeeds']>>(webfeeds),
  });
}

function toGone(
  { feed, ended }: z.output<typeof ending>,
  timezone: string,
  index: number,
  issues: Issue[],
): Publication['gone'][number] {
  const date = ended === undefined ? undefined : readDate(ended, timezone);
  if (date === undefined || 'at' in date) return compact<Publication['gone'][number]>({ feed, ended: date?.at });
  issues.push({ path: ['gone', index, 'ended'], expected: 'a date such as 2026-02-08', found: ended });
  return { feed };
}

function toIssues(issue: z.core.$ZodIssue, data: unknown): Issue[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], expected: 'a key that is known here', found: key }));
  }
  if (issue.code === 'invalid_key') return [{ path, expected: feedNames, found: path.at(-1) }];
  const found = path.reduce<unknown>((at, step) => (typeof at === 'object' && at ? Reflect.get(at, step) : at), data);
  return [{ path, expected: issue.message, found }];
}

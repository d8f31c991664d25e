import type { Instant } from './lib/instant.ts';
import type { Problem } from './lib/problem.ts';
import type { PlainText } from './lib/text.ts';
import type { AbsoluteUrl } from './lib/url.ts';
import { describe } from './source/describe.ts';
import type { Person } from './source/draft.ts';
import { isRecord } from './source/located.ts';
import { checkSettings } from './source/publication-schema.ts';
import { readYaml } from './source/yaml.ts';

/** Settings of one feed, keyed in publication.yaml by `all`, `articles`, `headlines`, `tags/NAME` or `authors/NAME`. */
export type FeedSettings = {
  readonly title?: PlainText;
  readonly description?: PlainText;
  /** Entries in the live document. */
  readonly limit?: number;
  readonly content?: 'full' | 'summary';
  readonly push?: boolean;
  /** Earlier names of this feed, answered with 301. */
  readonly was: readonly string[];
};

/** What publication.yaml says, defaults filled in. */
export type Publication = {
  /** An absolute IRI that entry ids are made from. */
  readonly id?: string;
  readonly title?: PlainText;
  readonly description?: PlainText;
  /** BCP 47. */
  readonly language?: string;
  /** IANA name. */
  readonly timezone: string;
  readonly authors: readonly Person[];
  readonly rights?: PlainText;
  readonly license?: AbsoluteUrl;
  /** As written: an absolute URL, or a path in the data folder. */
  readonly icon?: string;
  readonly logo?: string;
  readonly tags: readonly PlainText[];
  readonly hubs: readonly AbsoluteUrl[];
  /** How many seconds after an edition hubs are told, in place of 0, or of 120 with `cdn`. */
  readonly push?: { readonly delay: number };
  /** Whether a CDN stands before the publication. */
  readonly cdn?: boolean;
  /** URLs that are told of each edition that changed. */
  readonly hooks?: { readonly published: AbsoluteUrl };
  /** Entries in a live document, 50. */
  readonly limit: number;
  /** Full content or summaries, `full`. */
  readonly content: 'full' | 'summary';
  readonly feeds: Readonly<Record<string, FeedSettings>>;
  /** Feeds that ended: answered with 410. */
  readonly gone: readonly { readonly feed: string; readonly ended?: Instant }[];
  /** `https://site.example/{path}/`: entry links point at an existing site. */
  readonly permalinks?: string;
  readonly headlines: { readonly link: 'external' | 'page'; readonly removed: 'keep' | 'withdraw' };
  /** Seconds that a brand-new file has to be stable before it is read, 0. */
  readonly grace: number;
  readonly webfeeds?: { readonly accentColor?: string; readonly cover?: string };
};

/** What holds where publication.yaml says nothing, or is not there. */
export const defaultPublication: Publication = {
  timezone: 'UTC',
  authors: [],
  tags: [],
  hubs: [],
  limit: 50,
  content: 'full',
  feeds: {},
  gone: [],
  headlines: { link: 'external', removed: 'keep' },
  grace: 0,
};

/**
 * Reads publication.yaml. Unknown keys and values that are not what was expected are errors with their line, and any
 * error gives no publication: half of its settings could move ids, dates or links.
 */
export function readPublication(
  yamlText: string,
  file: string = 'publication.yaml',
): { publication?: Publication; problems: Problem[] } {
  const located = readYaml(yamlText);
  const toProblem = (line: number, message: string): Problem => ({ severity: 'error', file, line, message });
  if ('message' in located) return { problems: [toProblem(located.line, located.message)] };
  if (yamlText.trim() === '') return { problems: [toProblem(1, 'expected settings, found an empty file')] };
  const { publication, issues } = checkSettings(withoutNulls(located.value) ?? {}, defaultPublication);
  const problems = [
    ...located.warnings.map(({ line, message }) => toProblem(line, message)),
    ...issues.map(({ path, expected, found }) => {
      const name = path.length === 0 ? '' : `${path.join(': ')}: `;
      return toProblem(located.lineOf(path), `${name}expected ${expected}, found ${describe(found)}`);
    }),
  ];
  return publication === undefined || problems.length > 0 ? { problems } : { publication, problems };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}

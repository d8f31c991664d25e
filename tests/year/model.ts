import { toProse } from './wording.ts';

/** What subscribers should have of one article or headline. */
export type Story = {
  readonly kind: 'article' | 'headline';
  /** The headline of the same words that this one is news after. */
  readonly former: Story | undefined;
  title: string;
  tags: readonly string[];
  link: string | undefined;
  text: readonly string[];
  /** Whether it is in the feeds. */
  isLive: boolean;
  /** The headline whose story an article became is an article from then on. */
  isArticle: boolean;
  /** When its last line went, or it was struck out; milliseconds since 1970. */
  leftAt?: number | undefined;
  withdrawnAt?: number | undefined;
  /** What its readers learnt at first sight. */
  id?: string;
  published?: number;
  updated?: number;
  /** What the last refresh should have done to its dates. */
  date?: number | undefined;
  isMoved: boolean;
};

/** An article as its file says it. */
export type Version = {
  readonly title: string;
  readonly text: readonly string[];
  readonly tags: readonly string[];
  readonly date?: number | undefined;
  readonly expires?: number | undefined;
  readonly guid?: string | undefined;
  readonly draft?: boolean;
  readonly minor?: boolean;
};

/** A line of a list as its file says it. */
export type Line = {
  readonly story: Story;
  readonly title: string;
  readonly link?: string | undefined;
  readonly isStruck?: boolean;
};

/** A file of the data folder. */
export type Source = {
  readonly kind: 'article' | 'list' | 'briefing';
  path: string;
  /** Of its article. */
  story?: Story | undefined;
  version?: Version | undefined;
  lines: readonly Line[];
  /** Of all its lines. */
  tag?: string;
  /** Whether it is off the disk, and since which look. */
  isAway: boolean;
  missingSince?: number | undefined;
  isGone: boolean;
  /** Whether it is saved by halves. */
  isBroken: boolean;
  /** Whether another file says the same. */
  isTwin: boolean;
  /** What the last good look found. */
  seen?:
    | { readonly story: Story | undefined; readonly version: Version | undefined; readonly lines: readonly Line[] }
    | undefined;
};

/** A new story, not yet seen by anybody. */
export function newStory(kind: Story['kind'], title: string, former?: Story): Story {
  const isArticle = kind === 'article';
  return { kind, former, title, tags: [], link: undefined, text: [], isLive: false, isArticle, isMoved: false };
}

/** The file's bytes. */
export function toBytes(source: Source): string {
  if (source.isBroken) return source.kind === 'article' ? `---\ntitle: Saved by` : '  \n';
  if (source.kind === 'list') return listText(source);
  const { title, text, tags, date, expires, guid, draft, minor } = source.version!;
  if (source.kind === 'briefing')
    return `${toProse(text)}\n${source.lines.length === 0 ? '' : `\n\n${listText(source)}`}`;
  const front = {
    title: JSON.stringify(title),
    tags: tags.length === 0 ? undefined : `[${tags.join(', ')}]`,
    date: date && new Date(date).toISOString(),
    expires: expires && new Date(expires).toISOString(),
    guid,
    draft,
    minor,
  };
  const lines = Object.entries(front).filter(([, value]) => value !== undefined);
  return `---\n${lines.map(([key, value]) => `${key}: ${value}\n`).join('')}---\n${toProse(text)}\n`;
}

function listText({ tag, lines }: Source): string {
  const typed = lines.map(({ title, link, isStruck }) => {
    const line = link === undefined ? title : `[${title}](${link})`;
    return isStruck ? `~~${line}~~` : line;
  });
  return `${[...(tag === undefined ? [] : [`## ${tag}`]), ...typed].join('\n')}\n`;
}

/** The title that a briefing gets: its first sentence. */
export function briefingTitle(text: readonly string[]): string {
  return text
    .slice(0, 8)
    .join(' ')
    .replace(/^./, (first) => first.toUpperCase());
}

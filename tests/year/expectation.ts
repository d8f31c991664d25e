import type { Line, Source, Story, Version } from './model.ts';

const day = 86_400_000;

/** So many words may change before readers are told. */
const smallEdit = 3;

/** What a look at the files means to the stories: the rules of README's table, told plainly. */
export function look(sources: readonly Source[], stories: Iterable<Story>, now: number): void {
  for (const story of stories) story.isMoved = false;
  for (const source of sources) lookAt(source, now);
  for (const source of sources) if (source.seen?.version !== undefined) settleArticle(source, source.seen.version, now);
  for (const story of stories) if (!story.isArticle) settleHeadline(story, sources, now);
}

function lookAt(source: Source, now: number): void {
  if (source.isAway) {
    source.isGone ||= source.missingSince !== undefined && now - source.missingSince >= 2000;
    source.missingSince ??= now;
    return;
  }
  source.missingSince = undefined;
  source.isGone = false;
  if (!source.isBroken) source.seen = { story: source.story, version: source.version, lines: source.lines };
}

function settleArticle(source: Source, version: Version, now: number): void {
  const story = source.seen!.story!;
  const isHeld = source.isGone || version.draft === true || (version.expires !== undefined && version.expires <= now);
  const isEarly = version.date !== undefined && version.date > now;
  if (isHeld || (isEarly && !story.isLive)) {
    if (story.isLive) story.withdrawnAt = now;
    story.isLive = false;
    return;
  }
  // Nobody publishes for the first time what was taken away just then.
  if (source.isAway) return;
  if (story.id !== undefined && version.minor !== true) story.isMoved = isSignificant(story, version);
  story.isLive = true;
  story.withdrawnAt = undefined;
  story.isArticle = true;
  story.link = undefined;
  Object.assign(story, { title: version.title, text: version.text, tags: version.tags });
  story.date = version.date;
}

function isSignificant(story: Story, { title, text }: Version): boolean {
  return (
    story.link !== undefined ||
    difference(story.title.split(' '), title.split(' ')) > smallEdit ||
    difference(story.text, text) > smallEdit
  );
}

function difference(before: readonly string[], after: readonly string[]): number {
  const length = Math.max(before.length, after.length);
  let count = 0;
  for (let at = 0; at < length; at += 1) if (before[at]?.toLowerCase() !== after[at]?.toLowerCase()) count += 1;
  return count;
}

function settleHeadline(story: Story, sources: readonly Source[], now: number): void {
  const standing = sources.flatMap((source) => linesOf(source, story).map((line) => ({ source, line })));
  if (standing.some(({ line }) => line.isStruck)) {
    if (story.isLive) story.withdrawnAt = now;
    story.isLive = false;
  } else if (standing.length > 0) {
    story.isLive = true;
    story.leftAt = undefined;
    story.withdrawnAt = undefined;
    const { line } = standing[0]!;
    if (story.id !== undefined && story.link !== line.link) story.isMoved = true;
    story.title = line.title;
    story.link = line.link;
    story.tags = [...new Set(standing.flatMap(({ source }) => source.tag ?? []))];
  } else if (story.isLive) story.leftAt ??= now;
}

function linesOf(source: Source, story: Story): readonly Line[] {
  return source.isGone ? [] : (source.seen?.lines.filter((line) => line.story === story) ?? []);
}

/** Whether a line of these words would be this headline again; undefined when that is too close to call. */
export function isBackInTime(story: Story, now: number): boolean | undefined {
  const at = story.withdrawnAt ?? story.leftAt;
  if (at === undefined) return true;
  const days = (now - at) / day;
  return days < 6.9 ? true : days > 7.1 ? false : undefined;
}

/** Whether a lost article's text elsewhere would be that article again; undefined when that is too close to call. */
export function isFoundAgain(story: Story, now: number): boolean | undefined {
  const days = story.withdrawnAt === undefined ? 0 : (now - story.withdrawnAt) / day;
  return days < 29.9 ? true : days > 30.1 ? false : undefined;
}

import type { Edit } from './article-edits.ts';
import { isBackInTime } from './expectation.ts';
import type { Line, Source, Story } from './model.ts';
import type { Newsroom } from './newsroom.ts';

const tags = ['Sea', 'Town', 'Sport', undefined];

const start: Edit = (room) => {
  if (room.sources.filter(({ kind, isAway }) => kind === 'list' && !isAway).length >= 4) return undefined;
  const path = room.newPath('headlines', '.txt');
  const tag = room.random.pick(tags);
  room.add({
    kind: 'list',
    path,
    lines: room.newLines(room.random.whole(2, 4)),
    ...(tag === undefined ? {} : { tag }),
  });
  return `start ${path}`;
};

/** Changes the lines of a list that stands. */
function change(
  room: Newsroom,
  what: string,
  to: (lines: readonly Line[], source: Source) => readonly Line[] | undefined,
): string | undefined {
  const source = room.pickFile(({ kind, lines }) => kind === 'list' && lines.length > 2);
  const lines = source && to(source.lines, source);
  if (source === undefined || lines === undefined || lines.length === 0) return undefined;
  source.lines = lines;
  room.save(source);
  return `${what} in ${source.path}`;
}

const add: Edit = (room) => change(room, 'add', (lines) => [...room.newLines(room.random.whole(1, 4)), ...lines]);

const rotate: Edit = (room) =>
  change(room, 'rotate', (lines) => [
    ...room.newLines(room.random.whole(1, 4)),
    ...lines.slice(0, Math.ceil(lines.length / 2)),
  ]);

const reorder: Edit = (room) => change(room, 'reorder', (lines) => room.random.shuffle(lines));

const drop: Edit = (room) =>
  change(room, 'drop', (lines) => lines.toSpliced(room.random.whole(0, lines.length - 1), 1));

const mend: Edit = (room) => change(room, 'mend', (lines) => mended(room, lines, 40));

/** Mends, adds, drops and reorders at once. */
const overhaul: Edit = (room) =>
  change(room, 'overhaul', (lines) => {
    const kept = lines.filter(() => !room.random.chance(20));
    return room.random.shuffle([...mended(room, kept, 30), ...room.newLines(2)]);
  });

/** Puts a line back into the form that it had before. */
const revert: Edit = (room) =>
  change(room, 'revert', (lines) => {
    const line = lines.find((one) => formerTitles.has(one.story) && isAlone(room, one));
    return line && lines.map((one) => (one === line ? retyped(one, formerTitles.get(one.story)!) : one));
  });

const formerTitles = new WeakMap<Story, string>();

function retyped(line: Line, title: string): Line {
  formerTitles.set(line.story, line.title);
  return { ...line, title };
}

/** Mends this share of the lines. */
function mended(room: Newsroom, lines: readonly Line[], percent: number): readonly Line[] {
  return lines.map((line) =>
    room.random.chance(percent) && isAlone(room, line) ? retyped(line, room.wording.mend(line.title)) : line,
  );
}

const relink: Edit = (room) =>
  change(room, 'relink', (lines) => {
    const at = room.random.whole(0, lines.length - 1);
    const line = lines[at]!;
    if (!isAlone(room, line)) return undefined;
    return lines.with(at, {
      ...line,
      link: line.link === undefined || room.random.chance(50) ? room.newLink() : undefined,
    });
  });

const strike: Edit = (room) =>
  change(room, 'strike', (lines) => {
    const at = room.random.whole(0, lines.length - 1);
    const line = lines[at]!;
    return isAlone(room, line) ? lines.with(at, { ...line, isStruck: true }) : undefined;
  });

const unstrike: Edit = (room) =>
  change(room, 'unstrike', (lines) => {
    const struck = lines.find(({ isStruck, story }) => isStruck && !story.isArticle);
    return struck && lines.map((line) => (line === struck ? { ...line, isStruck: false } : line));
  });

/** Whether the line is the only one of its headline, and the headline is told by it alone. */
function isAlone(room: Newsroom, { story, isStruck }: Line): boolean {
  return (
    !story.isArticle &&
    !isStruck &&
    room.countLists(story) === 1 &&
    room.sources.every(
      (source) =>
        source.seen === undefined ||
        source.isGone ||
        source.lines === source.seen.lines ||
        !source.seen.lines.some((line) => line.story === story) ||
        source.lines.some((line) => line.story === story),
    )
  );
}

/** A headline that left is typed again: the same within the week, news after it. */
const bringBack: Edit = (room) =>
  change(room, 'bring back', (lines) => {
    const gone = [...room.stories].filter(
      (story) => !story.isArticle && story.id !== undefined && room.countLists(story) === 0 && room.isLast(story),
    );
    if (gone.length === 0) return undefined;
    const story = room.random.pick(gone);
    const isBack = isBackInTime(story, room.desk.now);
    if (isBack === undefined || isHeld(room, story)) return undefined;
    return [{ story: isBack ? story : room.story('headline', story.title, story), title: story.title }, ...lines];
  });

/** Whether the store still sees it in a list that the editors have changed or taken away since. */
function isHeld(room: Newsroom, story: Story): boolean {
  return room.sources.some((source) => !source.isGone && source.seen?.lines.some((line) => line.story === story));
}

const repeat: Edit = (room) =>
  change(room, 'repeat', (lines, source) => {
    const others = room.sources.filter(
      (other) =>
        other !== source && other.kind === 'list' && !other.isAway && !other.isBroken && !room.touched.has(other),
    );
    const line = others.length === 0 ? undefined : room.random.pick(room.random.pick(others).lines);
    if (line === undefined || !isAlone(room, line) || line.story.id === undefined) return undefined;
    for (const other of others) if (other.lines.includes(line)) room.touched.add(other);
    return [...lines, { ...line }];
  });

const moveLine: Edit = (room) =>
  change(room, 'move a line', (lines, source) => {
    const others = room.sources.filter(
      (other) =>
        other !== source &&
        other.kind === 'list' &&
        !other.isAway &&
        !other.isBroken &&
        !room.touched.has(other) &&
        other.lines.length > 2,
    );
    const other = others.length === 0 ? undefined : room.random.pick(others);
    const line = other?.lines.find((one) => isAlone(room, one) && one.story.id !== undefined);
    if (other === undefined || line === undefined) return undefined;
    other.lines = other.lines.filter((one) => one !== line);
    room.save(other);
    return [line, ...lines];
  });

const removeList: Edit = (room) => {
  const source = room.pickFile(({ kind }) => kind === 'list');
  if (source === undefined || room.sources.filter(({ kind, isAway }) => kind === 'list' && !isAway).length < 2)
    return undefined;
  room.takeAway(source);
  return `remove ${source.path}`;
};

const restoreList: Edit = (room) => {
  const away = room.sources.filter((source) => source.kind === 'list' && source.isAway && !room.touched.has(source));
  if (away.length === 0) return undefined;
  const source = room.random.pick(away);
  // What stands in another list, became an article or is too close to call is not typed again.
  const lines = source.lines.filter(
    ({ story, isStruck }) =>
      !story.isArticle &&
      !isStruck &&
      story.id !== undefined &&
      room.isLast(story) &&
      isBackInTime(story, room.desk.now) === true &&
      room.countLists(story) === 1,
  );
  if (lines.length === 0) return undefined;
  source.lines = lines.map((line) => ({ ...line, title: line.story.title }));
  source.isAway = false;
  if (room.random.chance(50)) source.path = room.newPath('headlines', '.txt');
  room.save(source);
  return `restore ${source.path}`;
};

const moveList: Edit = (room) => {
  const source = room.pickFile(({ kind }) => kind === 'list');
  if (source === undefined) return undefined;
  const from = source.path;
  room.rename(source, room.newPath('headlines', '.txt'));
  if (room.random.chance(50)) {
    source.lines = [...room.newLines(1), ...mended(room, source.lines, 20)];
    room.save(source);
  }
  return `move ${from} to ${source.path}`;
};

export const listEdits: readonly Edit[] = [
  start,
  start,
  add,
  add,
  add,
  rotate,
  rotate,
  reorder,
  drop,
  mend,
  mend,
  overhaul,
  revert,
  relink,
  strike,
  unstrike,
  bringBack,
  repeat,
  moveLine,
  removeList,
  restoreList,
  moveList,
];

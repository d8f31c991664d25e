import { addArticle, type Edit, mayTake, newVersion } from './article-edits.ts';
import { isBackInTime, isFoundAgain } from './expectation.ts';
import type { Source, Story } from './model.ts';
import type { Newsroom } from './newsroom.ts';

const remove: Edit = (room) => {
  const source = mayTake(room, 1) ? room.pickFile(({ kind }) => kind !== 'list') : undefined;
  if (source === undefined) return undefined;
  room.takeAway(source);
  return `remove ${source.path}`;
};

const restore: Edit = (room) => {
  const away = room.sources.filter(
    (source) =>
      source.isAway &&
      !room.touched.has(source) &&
      source.kind === 'article' &&
      !room.vacated.has(source.path) &&
      !room.sources.some((other) => other !== source && !other.isAway && other.path === source.path),
  );
  if (away.length === 0) return undefined;
  const source = room.random.pick(away);
  const isElsewhere = room.random.chance(50) && !source.isTwin && !isStale(source);
  if (isElsewhere) {
    const isSame =
      !source.isGone || source.story!.id === source.version!.guid || isFoundAgain(source.story!, room.desk.now);
    if (isSame === undefined) return undefined;
    if (!isSame) source.story = room.story('article', source.version!.title);
    source.path = room.newPath('posts', '.md');
  }
  // What is new with an old date is in the archive only.
  const isOld = source.story!.id === undefined && (source.version!.date ?? 0) <= room.desk.now;
  if (isOld) source.version = { ...source.version!, date: undefined };
  source.isAway = false;
  source.missingSince = undefined;
  room.save(source);
  return `restore ${source.path}`;
};

/** Whether it was edited while it was not published: only its bytes tell then what it was. */
function isStale({ story, version }: Source): boolean {
  return (
    story!.id !== undefined && !story!.isLive && (story!.title !== version!.title || story!.text !== version!.text)
  );
}

const move: Edit = (room) => {
  const source = room.pickFile(({ kind, isTwin }) => kind === 'article' && !isTwin);
  if (source === undefined) return undefined;
  const from = source.path;
  room.rename(source, room.newPath(room.random.pick(['posts', 'archive/old']), '.md'));
  if (room.random.chance(40) && !isStale(source)) {
    source.version = { ...source.version!, minor: false, text: room.wording.fix(source.version!.text) };
    room.save(source);
    return `move and fix ${from} to ${source.path}`;
  }
  return `move ${from} to ${source.path}`;
};

const copy: Edit = (room) => {
  const source = room.pickFile(
    ({ kind, version, story, isTwin }) =>
      kind === 'article' && version!.guid === undefined && !isTwin && story!.id !== undefined,
  );
  if (source === undefined) return undefined;
  source.isTwin = true;
  room.touched.add(source);
  const path = room.newPath('posts', '.md');
  const version = { ...source.version!, date: undefined };
  room.add({ kind: 'article', path, version, story: room.story('article', version.title), isTwin: true });
  return `copy ${source.path} to ${path}`;
};

const replace: Edit = (room) => {
  const gone = room.sources.filter(
    (source) =>
      source.kind === 'article' &&
      source.isAway &&
      source.isGone &&
      !room.vacated.has(source.path) &&
      source.story!.id !== undefined &&
      !room.sources.some((other) => other !== source && other.path === source.path),
  );
  if (gone.length === 0) return undefined;
  const source = room.random.pick(gone);
  // From now on its path says nothing of where it went.
  source.isTwin = true;
  return addArticle(room, newVersion(room), source.path);
};

const tellHeadline: Edit = (room) => {
  const told = [...room.stories].filter(
    (story) =>
      !story.isArticle &&
      story.id !== undefined &&
      story.isLive &&
      isBackInTime(story, room.desk.now) &&
      isUnique(room, story),
  );
  if (told.length === 0) return undefined;
  const story = room.random.pick(told);
  const version = { ...newVersion(room), title: story.title };
  const path = room.newPath('posts', '.md');
  for (const source of room.sources) if (source.lines.some((line) => line.story === story)) room.touched.add(source);
  room.add({ kind: 'article', path, version, story });
  story.isArticle = true;
  return `tell ${JSON.stringify(story.title)} in ${path}`;
};

function isUnique(room: Newsroom, story: Story): boolean {
  const holders = room.sources.filter(({ lines }) => lines.some((line) => line.story === story));
  if (holders.some((source) => room.touched.has(source) || source.isAway || source.isBroken)) return false;
  return (
    room.isLast(story) &&
    [...room.stories].every((other) => other === story || other.title.toLowerCase() !== story.title.toLowerCase())
  );
}

export const fileEdits: readonly Edit[] = [remove, restore, restore, move, move, copy, replace, tellHeadline];

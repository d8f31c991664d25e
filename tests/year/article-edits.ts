import { isBackInTime, isFoundAgain } from './expectation.ts';
import type { Source, Story, Version } from './model.ts';
import type { Newsroom } from './newsroom.ts';

/** Something that an editor does; says what, or undefined when there is nothing to do it to. */
export type Edit = (room: Newsroom) => string | undefined;

const hour = 3_600_000;
const tags = ['Sea', 'Town', 'Sport'];

function newVersion(room: Newsroom): Version {
  const tag = room.random.chance(50) ? [room.random.pick(tags)] : [];
  return { title: room.wording.headline(), text: room.wording.words(80), tags: tag };
}

const write: Edit = (room) => addArticle(room, newVersion(room));

const writeDated: Edit = (room) => {
  const date = Math.floor(room.desk.now / 1000) * 1000 - room.random.whole(1, 100) * hour;
  return addArticle(room, { ...newVersion(room), date });
};

const writeWithId: Edit = (room) =>
  addArticle(room, { ...newVersion(room), guid: `tag:year.example,2026:${room.wording.words(1)[0]}` });

const writeDraft: Edit = (room) => addArticle(room, { ...newVersion(room), draft: true });

const writeEmbargoed: Edit = (room) => addArticle(room, { ...newVersion(room), date: laterSecond(room, 400) });

const writeExpiring: Edit = (room) => addArticle(room, { ...newVersion(room), expires: laterSecond(room, 2000) });

function laterSecond(room: Newsroom, hours: number): number {
  return Math.floor(room.desk.now / 1000) * 1000 + room.random.whole(1, hours) * hour;
}

function addArticle(room: Newsroom, version: Version, path = room.newPath('posts', '.md')): string {
  room.add({ kind: 'article', path, version, story: room.story('article', version.title) });
  return `write ${path} ${JSON.stringify({ ...version, text: undefined })}`;
}

/** Changes an article that stands. */
function change(
  room: Newsroom,
  what: string,
  fits: (version: Version, source: Source) => boolean,
  to: (version: Version) => Version,
): string | undefined {
  const source = room.pickFile(({ kind }) => kind === 'article');
  if (source === undefined || !fits(source.version!, source)) return undefined;
  source.version = to(source.version!);
  room.save(source);
  return `${what} ${source.path}`;
}

const always = (): boolean => true;
const fix: Edit = (room) =>
  change(room, 'fix', always, (version) => ({ ...version, minor: false, text: room.wording.fix(version.text) }));
const extend: Edit = (room) =>
  change(room, 'extend', always, (version) => ({ ...version, minor: false, text: room.wording.extend(version.text) }));
const rewrite: Edit = (room) =>
  change(room, 'rewrite', always, (version) => ({
    ...version,
    minor: false,
    title: room.wording.headline(),
    text: room.wording.words(80),
  }));
const retitle: Edit = (room) =>
  change(room, 'retitle', always, (version) => ({ ...version, minor: false, title: room.wording.headline() }));
const extendQuietly: Edit = (room) =>
  change(room, 'extend quietly', always, (version) => ({
    ...version,
    minor: true,
    text: room.wording.extend(version.text),
  }));
const retag: Edit = (room) =>
  change(room, 'retag', always, (version) => ({
    ...version,
    tags: room.random.shuffle(tags).slice(0, room.random.whole(0, 2)),
  }));
const giveId: Edit = (room) =>
  change(
    room,
    'give an id to',
    ({ guid }, { story }) => guid === undefined && story?.id !== undefined,
    (version) => ({ ...version, guid: `tag:late.example,2026:${room.wording.words(1)[0]}` }),
  );
const redate: Edit = (room) =>
  change(
    room,
    'redate',
    (_, { story }) => story!.id !== undefined,
    (version) => ({ ...version, date: Math.floor(room.desk.now / 1000) * 1000 - room.random.whole(1, 100) * hour }),
  );
const undate: Edit = (room) =>
  change(
    room,
    'undate',
    ({ date }, { story }) => date !== undefined && story!.id !== undefined,
    ({ date: _, ...version }) => version,
  );
const putOff: Edit = (room) =>
  change(
    room,
    'put off',
    ({ date }, { story }) => date !== undefined && story!.id === undefined && !story!.isLive,
    (version) => ({ ...version, date: laterSecond(room, 400) }),
  );
const draw: Edit = (room) =>
  mayTake(room, 1)
    ? change(
        room,
        'make a draft of',
        ({ draft }, { story }) => draft !== true && story!.id !== undefined,
        (version) => ({ ...version, draft: true }),
      )
    : undefined;
const release: Edit = (room) =>
  change(
    room,
    'release',
    ({ draft }) => draft === true,
    ({ draft: _, ...version }) => version,
  );
const expire: Edit = (room) =>
  mayTake(room, 1)
    ? change(
        room,
        'expire',
        ({ expires }, { story }) => expires === undefined && story!.id !== undefined,
        (version) => ({ ...version, expires: room.desk.now - 1000 }),
      )
    : undefined;
const revive: Edit = (room) =>
  change(
    room,
    'revive',
    ({ expires }) => expires !== undefined,
    ({ expires: _, ...version }) => version,
  );

/** Whether this many articles may go without the guard's minding. */
function mayTake(room: Newsroom, count: number): boolean {
  return room.countArticles() >= 8 + 4 * count;
}

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
      !room.sources.some((other) => other !== source && !other.isAway && other.path === source.path),
  );
  if (away.length === 0) return undefined;
  const source = room.random.pick(away);
  const isElsewhere = room.random.chance(50) && !source.isTwin;
  if (isElsewhere) {
    const isSame =
      !source.isGone || source.story!.id === source.version!.guid || isFoundAgain(source.story!, room.desk.now);
    if (isSame === undefined) return undefined;
    if (!isSame) source.story = room.story('article', source.version!.title);
    source.path = room.newPath('posts', '.md');
  }
  // What is new with an old date is in the archive only.
  if (source.story!.id === undefined) source.version = { ...source.version!, date: undefined };
  source.isAway = false;
  source.missingSince = undefined;
  room.save(source);
  return `restore ${source.path}`;
};

const move: Edit = (room) => {
  const source = room.pickFile(({ kind, isTwin }) => kind === 'article' && !isTwin);
  if (source === undefined) return undefined;
  const from = source.path;
  room.rename(source, room.newPath(room.random.pick(['posts', 'archive/old']), '.md'));
  if (room.random.chance(40)) {
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
      source.isGone &&
      source.story!.id !== undefined &&
      !room.sources.some((other) => other !== source && other.path === source.path),
  );
  return gone.length === 0 ? undefined : addArticle(room, newVersion(room), room.random.pick(gone).path);
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
  return [...room.stories].every((other) => other === story || other.title.toLowerCase() !== story.title.toLowerCase());
}

export const articleEdits: readonly Edit[] = [
  write,
  write,
  write,
  writeDated,
  writeWithId,
  writeDraft,
  writeEmbargoed,
  writeExpiring,
  fix,
  fix,
  extend,
  rewrite,
  retitle,
  extendQuietly,
  retag,
  giveId,
  redate,
  undate,
  putOff,
  draw,
  release,
  expire,
  revive,
  remove,
  restore,
  restore,
  move,
  move,
  copy,
  replace,
  tellHeadline,
];

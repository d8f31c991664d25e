import type { Source, Version } from './model.ts';
import type { Newsroom } from './newsroom.ts';

/** Something that an editor does; says what, or undefined when there is nothing to do it to. */
export type Edit = (room: Newsroom) => string | undefined;

const hour = 3_600_000;
const tags = ['Sea', 'Town', 'Sport'];

export function newVersion(room: Newsroom): Version {
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

export function addArticle(room: Newsroom, version: Version, path: string = room.newPath('posts', '.md')): string {
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
export function mayTake(room: Newsroom, count: number): boolean {
  return room.countArticles() >= 8 + 4 * count;
}

export const articleEdits: readonly Edit[] = [
  ...[write, write, write, writeDated, writeWithId, writeDraft, writeEmbargoed, writeExpiring],
  ...[fix, fix, extend, rewrite, retitle, extendQuietly, retag, giveId, redate, undate],
  ...[putOff, draw, release, expire, revive],
];

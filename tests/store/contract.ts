import { afterEach, expect, test } from 'vitest';
import type { Html } from '../../src/lib/html.ts';
import { toInstant } from '../../src/lib/instant.ts';
import { toPlainText } from '../../src/lib/text.ts';
import { Ledger } from '../../src/store/ledger.ts';
import type { Notice } from '../../src/store/notice.ts';
import { type Figures, figureNames, type ReadershipAddition } from '../../src/store/readership.ts';
import type { Entry } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';

const entry: Entry = {
  id: 'urn:uuid:1',
  atomId: 'urn:uuid:1',
  kind: 'article',
  status: 'live',
  key: 'article:a.md',
  file: 'a.md',
  path: '/articles/Ärger',
  firstSeen: toInstant(1_770_000_000_000),
  published: toInstant(1_770_000_000_000),
  updated: toInstant(1_770_000_000_000),
  revision: 1,
  changed: toInstant(1_770_000_000_000),
  title: toPlainText('Ärger'),
  authors: [],
  tags: [],
  media: [],
  targets: {},
};
const text = { html: '<p>x</p>' as Html };

/** A new, empty store, and more connections to it. */
export type Opened = { readonly store: Store; readonly again: () => Store };

/** What every backend holds to. */
export function testStore(openNew: () => Promise<Opened>): void {
  const ended: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ended.splice(0)) await end();
  });
  const open = async (): Promise<Opened> => {
    const { store, again } = await openNew();
    ended.push(() => store.close());
    return {
      store,
      again: () => {
        const other = again();
        ended.push(() => other.close());
        return other;
      },
    };
  };

  test('what was saved is there after the store was closed and opened again', async () => {
    const { store, again } = await open();
    const ledger = new Ledger(await store.load());
    ledger.putEntry(entry, text);
    ledger.putSetting('publication', '{}');
    ledger.putList('headlines.txt', [{ entry: entry.id, text: toPlainText('line'), tags: [toPlainText('World')] }]);
    ledger.putPlace({ feed: 'all', place: 1, entry: entry.id, joined: toInstant(1), archiveOnly: false, active: true });
    ledger.putDocument({ path: '/rss.xml', version: 5, hash: 'h' });
    await ledger.save(store);

    const reopened = again();
    const snapshot = await reopened.load();
    expect([...snapshot.entries]).toEqual([entry]);
    expect(snapshot.settings).toEqual(new Map([['publication', '{}']]));
    expect(snapshot.lists.get('headlines.txt')).toEqual([{ entry: entry.id, text: 'line', tags: ['World'] }]);
    expect([...snapshot.places]).toEqual([
      { feed: 'all', place: 1, entry: entry.id, joined: toInstant(1), archiveOnly: false, active: true },
    ]);
    expect(snapshot.documents).toEqual([{ path: '/rss.xml', version: 5, hash: 'h' }]);
    expect(await reopened.texts([entry.id, 'urn:uuid:unknown'])).toEqual(new Map([[entry.id, text]]));
  });

  test('of a change of thousands of rows all are there, and of two that say something of one place the later', async () => {
    const { store, again } = await open();
    const ledger = new Ledger(await store.load());
    ledger.putEntry(entry, text);
    const place = { entry: entry.id, joined: toInstant(1), archiveOnly: false };
    const feeds = Array.from({ length: 2500 }, (_, n) => `tags/${n}`);
    for (const feed of feeds) ledger.putPlace({ ...place, feed, place: 1, active: true });
    for (const feed of feeds.slice(0, 3)) ledger.putPlace({ ...place, feed, place: 1, active: false });
    await ledger.save(store);
    const read = new Ledger(await again().load());
    const active = feeds.map((feed) => read.places.get(feed, entry.id)?.active);
    expect(active).toEqual(feeds.map((_, n) => n > 2));
  });

  test('an entry is found by its path in any case, and by its former path', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    ledger.putEntry(entry, text);
    ledger.putAlias('/articles/Alt', entry.id);
    await ledger.save(store);
    expect(await store.entryAt('/articles/ärger')).toEqual(entry);
    expect(await store.entryAt('/articles/ALT')).toEqual(entry);
    expect(await store.entryAt('/articles/neu')).toBeUndefined();
  });

  test('two entries may swap their paths and updated dates in one change', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    const other: Entry = {
      ...entry,
      id: 'urn:uuid:2',
      atomId: 'urn:uuid:2',
      path: '/articles/b',
      updated: toInstant(1),
    };
    ledger.putEntry(entry, text);
    ledger.putEntry(other, text);
    await ledger.save(store);
    ledger.putEntry({ ...entry, path: other.path, updated: other.updated });
    ledger.putEntry({ ...other, path: entry.path, updated: entry.updated });
    await ledger.save(store);
    const paths = new Map(Array.from((await store.load()).entries, ({ id, path }) => [id, path]));
    expect(paths).toEqual(
      new Map([
        ['urn:uuid:1', '/articles/b'],
        ['urn:uuid:2', '/articles/Ärger'],
      ]),
    );
  });

  test('a change that breaks a rule of the store is not written at all', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    ledger.putEntry(entry, text);
    ledger.putEntry({ ...entry, id: 'urn:uuid:2' }, text);
    await expect(ledger.save(store)).rejects.toThrow(/^store: cannot write: .*unique/i);
    expect([...(await store.load()).entries]).toEqual([]);
  });

  test('whoever read the store before another wrote cannot write over it', async () => {
    const { store, again } = await open();
    const other = again();
    const first = new Ledger(await store.load());
    const second = new Ledger(await other.load());
    first.putSetting('by', 'first');
    await first.save(store);
    second.putSetting('by', 'second');
    await expect(second.save(other)).rejects.toThrow(/^store: cannot write: another process has written/);
    expect((await other.settings()).get('by')).toBe('first');
    expect(await other.generation()).toBe(1);
    first.putSetting('by', 'first again');
    await first.save(store);
    expect((await other.settings()).get('by')).toBe('first again');
  });

  test('rows that a change takes away are gone', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    ledger.putFile({
      path: 'a.md',
      role: 'article',
      size: 1,
      mtimeMs: 1.5,
      ctimeMs: 2.25,
      ino: 9_007_199_254_740_991,
      seenAt: 3,
      hash: 'h',
      how: 'x',
      problems: [],
    });
    ledger.putList('a.md', [{ entry: 'e', text: toPlainText('line'), tags: [] }]);
    await ledger.save(store);
    expect([...(await store.load()).files]).toEqual([...ledger.files.values()]);
    ledger.dropFile('a.md');
    await ledger.save(store);
    const snapshot = await store.load();
    expect([[...snapshot.files], [...snapshot.lists]]).toEqual([[], []]);
  });

  test('source files come in path order, all or the drafts, part by part', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    const file = { role: 'article', size: 1, mtimeMs: 1, ctimeMs: 1, ino: 1, seenAt: 1, hash: 'h', how: 'x' } as const;
    const problem = { severity: 'error', file: 'b.md', line: 3, message: 'expected, found' } as const;
    ledger.putFile({ ...file, path: 'c.md', problems: [], how: 'a Markdown article, marked as a draft' });
    ledger.putFile({ ...file, path: 'a.md', problems: [] });
    ledger.putFile({ ...file, path: 'b.md', problems: [problem] });
    ledger.putFile({ ...file, path: 'b.png', role: 'media', problems: [] });
    await ledger.save(store);
    const paths = async (range: Parameters<Store['files']>[0]): Promise<readonly string[]> =>
      (await store.files(range)).map(({ path }) => path);
    expect(await paths({ limit: 2 })).toEqual(['a.md', 'b.md']);
    expect(await paths({ limit: 2, after: 'b.md' })).toEqual(['c.md']);
    expect(await paths({ limit: 9, only: 'drafts' })).toEqual(['c.md']);
    expect((await store.files({ limit: 1, after: 'a.md' }))[0]!.problems).toEqual([problem]);
    const { files, bytes } = await store.size();
    expect(files).toBe(3);
    expect(bytes).toBeGreaterThan(1000);
  });

  test('what is scheduled comes by its date', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    for (const [n, status] of ['scheduled', 'live', 'scheduled'].entries()) {
      const id = `urn:uuid:${n}`;
      const own = { id, atomId: id, path: `/articles/${n}`, status: status as Entry['status'] };
      ledger.putEntry({ ...entry, ...own, published: toInstant(100 - n), updated: toInstant(n) }, text);
    }
    await ledger.save(store);
    const ids = async (limit: number): Promise<readonly string[]> =>
      (await store.scheduled(limit)).map(({ id }) => id.slice(-1));
    expect(await ids(9)).toEqual(['2', '0']);
    expect(await ids(1)).toEqual(['2']);
  });

  test('live entries come in order, from, to, before and after', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    for (let n = 1; n <= 5; n += 1) {
      const id = `urn:uuid:${n}`;
      const status = n === 4 ? 'withdrawn' : 'live';
      ledger.putEntry(
        { ...entry, id, atomId: id, path: `/articles/${n}`, status, published: toInstant(n), updated: toInstant(n) },
        text,
      );
    }
    await ledger.save(store);
    const ids = async (range: Parameters<Store['live']>[0]): Promise<readonly string[]> =>
      (await store.live(range)).map(({ id }) => id.slice(-1));
    expect(await ids({ order: 'newest first' })).toEqual(['5', '3', '2', '1']);
    expect(await ids({ order: 'oldest first', from: 2, to: 5 })).toEqual(['2', '3']);
    expect(await ids({ order: 'newest first', before: ledger.entries.get('urn:uuid:3')!, limit: 1 })).toEqual(['2']);
    expect(await ids({ order: 'oldest first', after: ledger.entries.get('urn:uuid:3')! })).toEqual(['5']);
    expect(await ids({ order: 'newest first', offset: 1, limit: 2 })).toEqual(['3', '2']);
    expect(await store.liveDates()).toEqual([5, 3, 2, 1]);
  });

  test('what changes again before it was due is told at its time, and again when the later change is', async () => {
    const { store } = await open();
    const save = await announcing(store);
    const { outbox } = store;
    await save(1000);
    await save(1600);
    await save(1900);
    expect(await outbox.claim(1999, 100)).toBeUndefined();
    const first = await outbox.claim(2000, 100);
    expect(first).toBeDefined();
    await outbox.taken(first!, 2000);
    expect(await outbox.nextDue()).toBe(2900);
    const second = await outbox.claim(2900, 100);
    await outbox.taken(second!, 2900);
    expect((await outbox.status()).map(({ state, tries }) => [state, tries])).toEqual([['taken', 1]]);
    await save(4000);
    expect(await outbox.claim(4999, 100)).toBeUndefined();
    expect(await outbox.claim(5000, 100)).toMatchObject({ created: 4000 });
  });

  test('what changes while it is told is told again at its own time', async () => {
    const { store } = await open();
    const save = await announcing(store);
    await save(1000);
    const first = await store.outbox.claim(2000, 100);
    await save(2050);
    await store.outbox.taken(first!, 2000);
    expect(await store.outbox.nextDue()).toBe(3050);
    expect(await store.outbox.claim(3050, 100)).toMatchObject({ created: 2050 });
  });

  test('what was for others than those who may be told is forgotten', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    const notice = (target: string): Notice => {
      const topic = 'https://news.example.com/rss.xml';
      return { kind: 'websub', target, topic, body: '', created: 1000, due: 1000 };
    };
    const save = async (targets: readonly string[], ...notices: Notice[]): Promise<readonly string[]> => {
      ledger.putNotices(notices);
      ledger.putTargets(targets);
      ledger.putSetting('hubs', targets.join());
      await ledger.save(store);
      return (await store.outbox.status()).map(({ target }) => target);
    };
    const [old, other, next] = ['https://old.example/', 'https://other.example/', 'https://next.example/'] as const;
    expect(await save([old, other], notice(old), notice(other))).toEqual([old, other]);
    const claimed = await store.outbox.claim(2000, 100);
    expect(await save([next, other], notice(next))).toEqual([next, other]);
    await store.outbox.failed(claimed!, 'answered 500', 3000);
    expect(await save([])).toEqual([]);
  });

  test('what became of a notice is kept for a week, until there is something else to tell', async () => {
    const { store } = await open();
    const ledger = new Ledger(await store.load());
    const day = 24 * 3600 * 1000;
    const save = async (topic: string, created: number): Promise<readonly string[]> => {
      const target = 'https://hub.example/';
      ledger.putNotices([{ kind: 'websub', target, topic, body: '', created, due: created }]);
      await ledger.save(store);
      return (await store.outbox.status()).map((one) => one.topic);
    };
    const [former, now] = ['https://old.example/rss.xml', 'https://www.example/rss.xml'] as const;
    await save(former, 1000);
    await store.outbox.failed((await store.outbox.claim(2000, 100))!, 'answered 404', undefined);
    expect(await save(now, 6 * day)).toEqual([former, now]);
    expect(await save(now, 8 * day)).toEqual([now]);
  });

  test('sums of polls add up, whoever adds to them, and claims of subscribers only grow', async () => {
    const { store, again } = await open();
    const other = again();
    await store.readership.add(addition('2026-02-08', undefined, 'AA', 7));
    await other.readership.add(addition('2026-02-08', 'AA', 'AAB', 5));
    await other.readership.add(addition('2026-02-07', undefined, '', 9));
    const range = { from: '2026-02-08', to: '2026-02-08' };
    const [row] = await store.readership.rowsOf('2026-02-08', ['all', 'tags/ä']);
    expect(row).toMatchObject({
      ...figures(2),
      feed: 'all',
      format: 'rss',
      product: 'Feedly',
      sketch: 'AAB',
      clients: 7,
    });
    expect(await store.readership.byProduct(range)).toEqual([
      { day: '2026-02-08', product: 'Feedly', clients: 7, ...figures(2) },
    ]);
    expect(await store.readership.byFeed(range)).toEqual([
      { day: '2026-02-08', feed: 'all', format: 'rss', ...figures(2) },
    ]);
    expect(await store.readership.hours(5)).toEqual([{ hour: 5, ...figures(3) }]);
    expect(await store.readership.hours(6)).toEqual([]);
    expect((await store.readership.claims(range)).map(({ most, doubted }) => [most, doubted])).toEqual([[7, 1]]);
    expect(await store.readership.size('2026-02-08')).toBe(1);
    expect(await store.readership.rowsOf('2026-02-08', [])).toEqual([]);
    expect(await other.generation()).toBe(0);
  });

  test('what was counted by a process that did not see what another had is not added at all', async () => {
    const { store, again } = await open();
    const other = again();
    await store.readership.add(addition('2026-02-08', undefined, 'AA', 7));
    await expect(other.readership.add(addition('2026-02-08', undefined, 'BB', 7))).rejects.toThrow(
      /^store: cannot write: another process has counted/,
    );
    expect((await store.readership.hours(0)).map(({ whole }) => whole)).toEqual([1]);
  });

  test('sums are forgotten after their time, and sketches and secrets after their day, or all at once', async () => {
    const { store, again } = await open();
    for (const day of ['2026-01-01', '2026-02-07', '2026-02-08'])
      await store.readership.add(addition(day, undefined, 'AA', 1));
    await store.readership.forget({ day: '2026-02-01', hour: 6, open: '2026-02-08' });
    const kept = await store.readership.byProduct({ from: '2025-01-01', to: '2027-01-01' });
    expect(kept.map(({ day }) => day)).toEqual(['2026-02-07', '2026-02-08']);
    expect((await store.readership.claims({ from: '2025-01-01', to: '2026-01-31' })).length).toBe(0);
    expect(await store.readership.hours(0)).toEqual([]);
    const sketches = ['2026-02-07', '2026-02-08'].map((day) => store.readership.rowsOf(day, ['all']));
    expect((await Promise.all(sketches)).flat().map(({ sketch }) => sketch)).toEqual(['', 'AA']);

    const salts = await store.readership.salts(['2026-02-07', '2026-02-08']);
    expect(new Set(salts.values()).size).toBe(2);
    const later = await again().readership.salts(['2026-02-08', '2026-02-09']);
    expect([...later.keys()].toSorted()).toEqual(['2026-02-08', '2026-02-09']);
    expect(later.get('2026-02-08')).toBe(salts.get('2026-02-08'));

    await store.readership.forgetAll();
    const ever = { from: '2025-01-01', to: '2027-01-01' };
    expect(await store.readership.byProduct(ever)).toEqual([]);
    expect(await store.readership.claims(ever)).toEqual([]);
    expect((await store.readership.salts(['2026-02-08'])).get('2026-02-08')).not.toBe(salts.get('2026-02-08'));
  });
}

function figures(n: number): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, n])) as Figures;
}

/** One poll of each kind, within the fifth hour. */
function addition(day: string, sketchBefore: string | undefined, sketch: string, most: number): ReadershipAddition {
  const key = { feed: 'all', format: 'rss', product: 'Feedly' } as const;
  return {
    day,
    hour: { hour: 5, ...figures(1) },
    rows: [{ ...key, ...figures(1), clients: most, sketch, sketchBefore }],
    claims: [{ ...key, fetcher: '', most, doubted: 1 }],
  };
}

/** Saves a notice on one topic, due a second after it was created. */
async function announcing(store: Store): Promise<(created: number) => Promise<void>> {
  const ledger = new Ledger(await store.load());
  return (created) => {
    const topic = 'https://news.example.com/rss.xml';
    const times = { created, due: created + 1000 };
    ledger.putNotices([{ kind: 'websub', target: 'https://hub.example', topic, body: '', ...times }]);
    return ledger.save(store);
  };
}

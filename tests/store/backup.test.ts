import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { backUp } from '../../src/backup/backup.ts';
import { inspectStore } from '../../src/backup/inspect.ts';
import { restore } from '../../src/backup/restore.ts';
import { sqliteFile } from '../../src/store/open.ts';
import { asideOf } from '../../src/store/replace.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { Desk, newFolder, published, startServer, write } from '../harness.ts';
import { run } from './command.ts';
import { writeOldStore } from './old-store.ts';

vi.setConfig({ testTimeout: 60_000 });

const settings = 'title: Kept\nlanguage: en\nid: tag:example.com,2026:kept\n';
const files = {
  'publication.yaml': settings,
  'a.md': '---\ntitle: A first article\n---\nOne text.\n',
  'b.md': '---\ntitle: Another one\n---\nAnother text.\n',
  'headlines.txt': 'A headline that says something\nAnother headline says more\n',
};

/** A store like the desk's at another place, where nothing was published. */
function newStore(): string {
  return `sqlite:${join(newFolder(), 'store.db')}`;
}

test('a backup is taken while the server runs and refreshes, is whole, and says what it holds', async () => {
  const dir = newFolder();
  const folder = newFolder();
  write(dir, files);
  const storeUrl = `sqlite:${folder}/store.db`;
  const server = await startServer({
    DATA_DIR: dir,
    STORE_URL: storeUrl,
    PUBLIC_URL: 'https://news.example.com',
    WATCH: 'true',
  });
  const file = join(newFolder(), 'kept.db');
  for (let n = 0; n < 5; n += 1) {
    write(dir, { [`more-${n}.md`]: `---\ntitle: More of it ${n}\n---\n${'A text. '.repeat(2000)}\n` });
    const told =
      n === 0 ? run(storeUrl, 'backup', file) : { code: 0, errors: '', output: await backUp(storeUrl, file) };
    expect(told).toEqual({
      code: 0,
      errors: '',
      output: expect.stringMatching(
        /kept\.db: publication tag:example.com,2026:kept: \d articles, 2 headlines, 0 withdrawn or not yet due, 3 feeds\n$/,
      ),
    });
    expect(inspectStore(file).headlines).toBe(2);
  }
  expect(readdirSync(dirname(file))).toEqual(['kept.db']);
  expect(await server.stop()).toBe(0);
});

test('a restored backup publishes the same ids, links and dates at another place', async () => {
  const desk = await published(files);
  const file = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, file);
  const storeUrl = newStore();
  expect(await restore(storeUrl, file, false)).toContain('2 articles, 2 headlines');
  const again = new Desk({ DATA_DIR: desk.dir, storeUrl });
  again.now = desk.now + 86_400_000;
  await again.restore();
  expect(again.items()).toEqual(desk.items());
  expect(again.text('/atom.xml')).toBe(desk.text('/atom.xml'));
  await again.refresh();
  expect(again.items()).toEqual(desk.items());
});

test('after a restore every document is newer than what readers may have had since the backup', async () => {
  const desk = await published(files);
  const file = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, file);
  await desk.refresh(0, {});
  desk.write({ 'a.md': '---\ntitle: A first article\n---\nQuite another text than it was before.\n' });
  await desk.refresh();
  const late = desk.documents.get('/rss.xml')!.version!;
  await desk.restart();
  const before = Math.floor(Date.now() / 1000);
  await restore(desk.storeUrl, file, true);
  desk.now = Date.now() + 2000;
  await desk.restore();
  expect(late).toBeLessThan(desk.documents.get('/rss.xml')!.version!);
  expect(desk.documents.get('/rss.xml')!.version).toBeGreaterThanOrEqual(before);
});

test('a store is not replaced unless asked, and is then set aside whole', async () => {
  const desk = await published(files);
  const file = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, file);
  desk.write({ 'c.md': '---\ntitle: A later one\n---\nText.\n' });
  await desk.refresh();
  await desk.restart();
  const refused = run(desk.storeUrl, 'restore', file);
  expect([refused.code, refused.errors]).toEqual([
    1,
    expect.stringMatching(/restore: expected no store, found .*store\.db .*3 articles.*--replace/),
  ]);
  const told = run(desk.storeUrl, 'restore', file, '--replace');
  expect(told.code).toBe(0);
  const aside = /^(.*): what was there before$/m.exec(told.output)![1]!;
  expect(basename(aside)).toMatch(/^store\.db\.replaced-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z$/);
  expect(inspectStore(aside).articles).toBe(3);
  expect(inspectStore(sqliteFile(desk.storeUrl)).articles).toBe(2);
});

test('a restore refuses while a server runs on the store', async () => {
  const desk = await published(files);
  const file = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, file);
  const storeUrl = newStore();
  const server = await startServer({ DATA_DIR: desk.dir, STORE_URL: storeUrl, PUBLIC_URL: 'https://news.example.com' });
  await expect(restore(storeUrl, file, true)).rejects.toThrow(
    'is in use: expected no other process, found one that has it open',
  );
  server.process.kill('SIGKILL');
  await server.stop();
  await restore(storeUrl, file, true);
});

test('a server that starts after a restore does not believe the last edition of the store before', async () => {
  const dir = newFolder();
  const folder = newFolder();
  write(dir, files);
  const env = { DATA_DIR: dir, STORE_URL: `sqlite:${folder}/store.db`, PUBLIC_URL: 'https://news.example.com' };
  const first = await startServer(env);
  await first.stop();
  const file = join(newFolder(), 'kept.db');
  await backUp(env.STORE_URL, file);
  write(dir, { 'a.md': '---\ntitle: Written after the backup\n---\nText.\n' });
  const second = await startServer(env);
  expect(await (await fetch(`${second.origin}/feed.json`)).text()).toContain('Written after the backup');
  await second.stop();
  await restore(env.STORE_URL, file, true);
  // As many writes as the store had seen: its generation alone would not tell the two apart.
  const sqlite = new DatabaseSync(join(folder, 'store.db'));
  const aside = readdirSync(folder).find((name) => name.includes('.replaced-') && name.endsWith('Z'))!;
  const old = new DatabaseSync(join(folder, aside), { readOnly: true });
  sqlite.prepare('update generation set number = ?').run(old.prepare('select number from generation').get()!.number!);
  sqlite.close();
  old.close();
  const third = await startServer({ ...env, DATA_DIR: join(folder, 'missing') });
  const text = await (await fetch(`${third.origin}/feed.json`)).text();
  expect(text).toContain('A first article');
  expect(text).not.toContain('Written after the backup');
  await third.stop();
});

test('only a backup of the same publication is overwritten, and never the store itself', async () => {
  const desk = await published(files);
  const other = await published({ ...files, 'publication.yaml': settings.replace('kept', 'other') });
  const file = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, file);
  const bytes = readFileSync(file);
  await expect(backUp(other.storeUrl, file)).rejects.toThrow(
    /expected a backup of tag:example.com,2026:other .*found .* of tag:example.com,2026:kept/,
  );
  const text = join(dirname(file), 'a.txt');
  writeFileSync(text, 'Something else altogether.');
  await expect(backUp(desk.storeUrl, text)).rejects.toThrow('a.txt: expected a store that is whole, found');
  await expect(backUp(desk.storeUrl, dirname(text))).rejects.toThrow('found: a folder');
  expect(readFileSync(text, 'utf8')).toBe('Something else altogether.');
  expect(readFileSync(file)).toEqual(bytes);
  await expect(backUp(desk.storeUrl, sqliteFile(desk.storeUrl))).rejects.toThrow('expected another file');
  await expect(backUp(newStore(), file)).rejects.toThrow(/expected a store at .*found none/);
  const nowhere = join(dirname(file), 'nowhere');
  await expect(backUp(desk.storeUrl, join(nowhere, 'a.db'))).rejects.toThrow(
    `backup: expected a folder at ${nowhere}, found none`,
  );
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['a.txt', 'kept.db']);
});

test('a damaged backup and one of a newer version are not restored', async () => {
  const desk = await published(files);
  const folder = newFolder();
  await backUp(desk.storeUrl, join(folder, 'kept.db'));
  const damaged = join(folder, 'damaged.db');
  const bytes = readFileSync(join(folder, 'kept.db'));
  writeFileSync(damaged, bytes.fill(0xa5, 9000, 13_000));
  const newer = join(folder, 'newer.db');
  copyFileSync(join(folder, 'kept.db'), newer);
  const sqlite = new DatabaseSync(newer);
  sqlite.exec('pragma user_version = 999');
  sqlite.close();
  const storeUrl = newStore();
  await expect(restore(storeUrl, damaged, false)).rejects.toThrow('damaged.db: expected a store that is whole');
  await expect(restore(storeUrl, newer, false)).rejects.toThrow('written by a newer Linecaster');
  expect(existsSync(sqliteFile(storeUrl))).toBe(false);
});

test('a replacement that a killed process left half done is completed by the next start', async () => {
  const desk = await published(files);
  const file = sqliteFile(desk.storeUrl);
  const next = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, next);
  desk.write({ 'c.md': '---\ntitle: A later one\n---\nText.\n' });
  await desk.refresh();
  await desk.restart();
  const aside = asideOf(file, 'replaced', Date.UTC(2026, 1, 8));
  copyFileSync(next, `${aside}.next`);
  await openSqlite(file).close();
  expect([inspectStore(file).articles, inspectStore(aside).articles]).toEqual([2, 3]);
  expect(existsSync(`${aside}.next`)).toBe(false);
});

test('what a killed restore left is gone after the next', async () => {
  const desk = await published(files);
  const kept = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, kept);
  const storeUrl = newStore();
  const store = sqliteFile(storeUrl);
  for (const ending of ['.restoring', '.restoring-journal']) writeFileSync(store + ending, 'by halves');
  expect(run(storeUrl, 'restore', kept).code).toBe(0);
  expect(readdirSync(dirname(store)).toSorted()).toEqual(['store.db', 'store.db.lock']);
});

test('a backup beside the store stays, under whatever name', async () => {
  const desk = await published(files);
  const file = sqliteFile(desk.storeUrl);
  await desk.restart();
  const backups = ['.new', '.bak', '.copy', '.tmp'].map((ending) => file + ending);
  for (const backup of backups) await backUp(desk.storeUrl, backup);
  for (const backup of backups) expect(run(desk.storeUrl, 'restore', backup, '--replace').code).toBe(0);
  expect(backups.filter((backup) => !existsSync(backup))).toEqual([]);
});

test('a journal that a killed writer left goes aside with the store that it belongs to', async () => {
  const desk = await published(files);
  const file = sqliteFile(desk.storeUrl);
  const backup = join(newFolder(), 'kept.db');
  await backUp(desk.storeUrl, backup);
  await desk.restart();
  copyFileSync(backup, file);
  const write = `const { DatabaseSync } = require('node:sqlite');
    const sqlite = new DatabaseSync(process.argv[1]);
    sqlite.exec("pragma cache_size = 2; begin; update entries set atom_id = number; create table more(x)");
    for (let n = 0; n < 300; n += 1) sqlite.exec('insert into more values (randomblob(4000))');
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['-e', write, file]);
  expect(existsSync(`${file}-journal`)).toBe(true);
  const said = await restore(desk.storeUrl, backup, true);
  expect(existsSync(`${file}-journal`)).toBe(false);
  const aside = /^(.*): what was there before$/m.exec(said)![1]!;
  const sqlite = new DatabaseSync(aside);
  expect(sqlite.prepare('pragma integrity_check').get()!.integrity_check).toBe('ok');
  sqlite.close();
  expect(inspectStore(aside).articles).toBe(2);
});

test('an old backup is migrated when it is restored', async () => {
  const desk = await published(files);
  const file = join(newFolder(), 'old.db');
  writeOldStore(file, 1, sqliteFile(desk.storeUrl));
  const storeUrl = newStore();
  await restore(storeUrl, file, false);
  const again = new Desk({ DATA_DIR: desk.dir, storeUrl });
  await again.restore();
  expect(again.items()).toEqual(desk.items());
});

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Item, newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { until } from '../http/site.ts';

const run = promisify(execFile);
const dir = newFolder();
let server: ServerProcess;

const article = (title: string, word: string): string =>
  `---\ntitle: ${title}\n---\n${`The ${word} was seen by the harbour wall in the early morning. `.repeat(20)}\n`;

beforeAll(async () => {
  write(dir, {
    'publication.yaml': 'title: Edited\nlanguage: en\nid: tag:example.com,2026:edited\n',
    'posts/seal.md': article('A seal in the harbour', 'seal'),
    'posts/heron.md': article('A heron on the pier', 'heron'),
    'posts/otter.md': article('An otter under the bridge', 'otter'),
    'headlines.txt': 'Harbour opens its new pier\nOld lighthouse to become a library\nFerry runs twice a day again\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
});
afterAll(() => server.stop());

async function items(): Promise<readonly Item[]> {
  const answer = await fetch(`${server.origin}/feed.json`);
  return ((await answer.json()) as { items: Item[] }).items;
}

const titles = async (): Promise<readonly string[]> => (await items()).map(({ title }) => title).toSorted();

/** Asks for a refresh until the feed holds these. */
async function refreshUntil(holds: (titles: readonly string[]) => boolean): Promise<void> {
  await until(async () => {
    server.process.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 700));
    return holds(await titles());
  });
}

type Reader = {
  readonly poll: () => Promise<void>;
  /** What it keeps: id and title. */
  readonly kept: () => readonly (readonly [id: string, title: string])[];
};

function newsboat(format: string): Reader {
  const home = newFolder();
  writeFileSync(join(home, 'urls'), `${server.origin}/${format}\n`);
  writeFileSync(join(home, 'config'), '');
  const cache = join(home, 'cache.db');
  return {
    poll: async () => {
      const files = ['-C', join(home, 'config'), '-u', join(home, 'urls'), '-c', cache];
      await run('newsboat', [...files, '-x', 'reload'], { env: { PATH: process.env.PATH, HOME: home, TERM: 'dumb' } });
    },
    kept: () => {
      const database = new DatabaseSync(cache, { readOnly: true });
      const rows = database.prepare('select guid, title from rss_item where deleted = 0').all();
      database.close();
      return rows.map(({ guid, title }) => [guid as string, title as string]);
    },
  };
}

function sfeed(format: string): Reader {
  const home = newFolder();
  mkdirSync(join(home, 'feeds'));
  const settings = join(home, 'sfeedrc');
  writeFileSync(settings, `sfeedpath="${home}/feeds"\nfeeds() { feed "f" "${server.origin}/${format}"; }\n`);
  return {
    poll: async () => {
      await run('sfeed_update', [settings], { env: { PATH: process.env.PATH, HOME: home } });
    },
    kept: () => {
      const lines = readFileSync(join(home, 'feeds', 'f'), 'utf8')
        .trimEnd()
        .split('\n');
      return lines.map((line) => line.split('\t')).map((fields) => [fields[5]!, fields[1]!]);
    },
  };
}

test('readers that poll through an edit, a rename, a reorder and a withdrawal keep each entry once', async () => {
  const readers = [newsboat('rss.xml'), newsboat('atom.xml'), sfeed('rss.xml'), sfeed('atom.xml')];
  const poll = async (): Promise<void> => {
    for (const reader of readers) await reader.poll();
  };
  await poll();
  await poll();
  const first = await items();
  expect(first).toHaveLength(6);
  const ids = new Set(first.map(({ id }) => id));

  write(dir, { 'posts/seal.md': article('A seal in the harbor', 'seal').replace('early', 'late') });
  await refreshUntil((all) => all.includes('A seal in the harbor'));
  await poll();

  renameSync(join(dir, 'posts/heron.md'), join(dir, 'posts/heron-on-the-pier.md'));
  await refreshUntil((all) => all.includes('A heron on the pier'));
  await refreshUntil((all) => all.length === 6);
  await poll();

  write(dir, {
    'headlines.txt': 'Ferry runs twice a day again\nHarbor opens its new pier\nOld lighthouse to become a library\n',
  });
  await refreshUntil((all) => all.includes('Harbor opens its new pier'));
  await poll();

  rmSync(join(dir, 'posts/otter.md'));
  await refreshUntil((all) => !all.includes('An otter under the bridge'));
  await poll();

  const last = await items();
  expect(new Set(last.map(({ id }) => id))).toEqual(new Set([...ids].filter((id) => id !== otter(first))));
  for (const reader of readers) {
    const kept = reader.kept();
    // A reader keeps what it once had; nothing that it has may be there under a second id.
    expect(new Set(kept.map(([id]) => id))).toEqual(ids);
    for (const { id, title } of last) expect(kept).toContainEqual([id, title]);
  }
  for (const reader of readers.slice(0, 2)) expect(reader.kept()).toHaveLength(6);
});

function otter(all: readonly Item[]): string {
  return all.find(({ title }) => title === 'An otter under the bridge')!.id;
}

import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showBytes } from '../../src/admin/amounts.ts';
import { freePort } from '../free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { agents, type Poll, poll } from '../stats/poll-log.ts';
import { dayAt, figures, seedDays, seedSalts } from '../stats/seeded.ts';
import { hasChromium, looks, openBrowser, overflow, picture, watch } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const token = 'a-token-of-the-tests';
const pages: Readonly<Record<string, string>> = {
  overview: '/-/',
  files: '/-/preview',
  draft: '/-/preview/posts/draft.md',
  reading: '/-/preview/briefing.txt?reading',
};

const broken = '---\ntitle: Broken\ndate: 2026-02-30\n---\nText.\n';
const pieces = Array.from({ length: 6 }, (_, n) => `posts/piece-${n}.md`);

const now = Date.now();
const yesterday = now - 86_400_000;
const past = Array.from({ length: 20 }, (_, n) => [
  {
    product: 'Feedly',
    subscribers: 21 + n,
    figures: figures({ whole: 10, unmodified: 30, unconditional: 5, bytes: 40_000, saved: 300_000 }),
  },
  {
    product: 'NewsBlur',
    subscribers: 100,
    figures: figures({ whole: 10, unmodified: 10, bytes: 20_000, saved: 40_000 }),
  },
]);

/** Sends polls of known kinds; gives the bytes of the bodies that came. */
async function replay(origin: string): Promise<number> {
  let sent = 0;
  const ask = async (one: Poll): Promise<string> => {
    const answer = await poll(origin, one);
    sent += answer.body.length;
    return `If-None-Match: ${answer.header('etag')}`;
  };
  const feedly = { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(41) };
  const tag = await ask(feedly);
  await ask({ ...feedly, headers: [tag] });
  await ask({ ...feedly, headers: [tag] });
  await ask({
    from: '127.0.0.3',
    start: 'GET /rss.xml',
    agent: agents.feedbin(7, 5),
    headers: ['Accept-Encoding: gzip'],
  });
  await ask({
    from: '127.0.0.3',
    start: 'GET /rss.xml',
    agent: agents.feedbin(9, 3),
    headers: ['Accept-Encoding: br'],
  });
  for (const from of ['127.0.0.4', '127.0.0.5', '127.0.0.6'])
    await ask({ from, start: 'GET /atom.xml', agent: agents.freshRss });
  await ask({ from: '127.0.0.7', start: 'GET /atom.xml', agent: agents.curl, headers: ['Accept-Encoding: *;q=0'] });
  return sent;
}

describe.skipIf(!hasChromium)('the admin page in a browser, on this machine', () => {
  const dir = newFolder();
  let server: ServerProcess;
  let browser: Browser;
  let sent: number;
  beforeAll(async () => {
    const port = await freePort();
    write(dir, {
      'publication.yaml': 'title: The Harbour Courier\nid: tag:example.com,2026:harbour\nlanguage: en\n',
      'posts/draft.md': '---\ntitle: Not yet\ndraft: true\n---\nA text that is still to come.\n',
      'posts/later.md': '---\ntitle: Much later\ndate: 2099-01-01\n---\nLater.\n',
      'posts/broken.md': broken,
      'briefing.txt':
        'The ferry will run twice a day from Monday, the harbour office said.\n\n\nA first line\nA second\n',
      ...Object.fromEntries(pieces.map((path) => [path, `---\ntitle: Piece\n---\nText of ${path}.\n`])),
    });
    const storeFile = join(newFolder(), 'store.db');
    const env = {
      DATA_DIR: dir,
      STORE_URL: `sqlite:${storeFile}`,
      ADMIN_TOKEN: token,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    };
    await seedSalts(storeFile, now);
    await seedDays(env.STORE_URL, now, past);
    const before = await startServer(env);
    sent = await replay(before.origin);
    // Whoever ends writes what was counted.
    await before.stop();
    server = await startServer(env);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const enter = (look: BrowserContextOptions = {}): Promise<BrowserContext> =>
    browser.newContext({ ...look, httpCredentials: { username: 'editor', password: token } });

  test.each(looks)('each page is accessible, fits and is quiet: %o', async (look) => {
    const context = await enter(look);
    const faults = watch(context, [server.origin]);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(server.origin + path);
      await picture(page, `admin-${name}`);
      for (const details of await page.locator('details').all())
        await details.evaluate((one) => one.setAttribute('open', ''));
      expect(await violations(page), path).toEqual([]);
      expect(await overflow(page), path).toBe(0);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  test('the figures are those of the polls that were sent', async () => {
    const context = await enter();
    const page = await context.newPage();
    await page.goto(`${server.origin}/-/`);
    const readers = await cells(page, 'Who reads');
    const reader = (name: string): readonly string[] => readers.find(([first]) => first === name)!.slice(0, 6);
    // Twenty days of 40 polls each, 30 of them answered 304 and 5 unconditional; then three, two of them 304.
    expect(reader('Feedly')).toEqual(['Feedly', 'aggregator', '41', '803', '75 %', '13 %']);
    expect(reader('Feedbin')).toEqual(['Feedbin', 'aggregator', '8', '2', '0 %', '100 %']);
    expect(reader('FreshRSS')).toEqual(['FreshRSS', 'reader', '≈ 3', '3', '0 %', '100 %']);
    expect(reader('curl')).toEqual(['curl', 'library', '', '1', '0 %', '100 %']);
    const feeds = await cells(page, 'Feeds polled');
    expect(feeds.map((row) => row.slice(0, 4))).toEqual([
      // 802 of 1205.
      ['all', 'rss', '1,205', '67 %'],
      ['all', 'atom', '4', '0 %'],
    ]);

    const subscribers = await cells(page, 'Subscribers by reader as a table');
    const heads = await page
      .getByRole('region', { name: 'Subscribers by reader as a table', includeHidden: true })
      .locator('thead th')
      .allTextContents();
    expect(heads).toEqual(['When', 'NewsBlur', 'Feedly', 'Feedbin', 'FreshRSS (estimated)']);
    expect(rowOf(subscribers, now)).toEqual(['0', '41', '8', '3']);
    expect(rowOf(subscribers, yesterday)).toEqual(['100', '40', '0', '0']);
    expect(subscribers).toHaveLength(21);

    const polls = await cells(page, 'Polls by hour and answer as a table');
    expect(polls).toHaveLength(48);
    const sums = [1, 2, 3, 4, 5].map((column) => polls.reduce((sum, row) => sum + Number(row[column]), 0));
    // Of each past day: 10 and 10 whole, 30 and 10 unmodified.
    expect(sums).toEqual([20 * 20 + 6, 20 * 40 + 2, 0, 1, 0]);
    const bytes = await cells(page, 'Bytes sent and saved as a table');
    expect(rowOf(bytes, now)[0]).toBe(showBytes(sent));
    expect(rowOf(bytes, yesterday)).toEqual(['60 kB', '340 kB']);
    // As many bars as there are figures above nothing.
    const bars = page.locator('figure', { hasText: 'Subscribers by reader' }).locator('svg[role=img] rect');
    expect(await bars.count()).toBe(20 * 2 + 3);
    await context.close();
  });

  test('an editor finds what is wrong, mends it, and sees it mended at the push of a button', async () => {
    const context = await enter();
    const page = await context.newPage();
    write(dir, { 'posts/broken.md': broken });
    await page.goto(`${server.origin}/-/`);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    const problems = page.getByRole('region', { name: 'Problems' });
    await problems.getByText('expected a day and time that exist, found “2026-02-30”').waitFor();
    await problems.getByRole('link', { name: 'posts/broken.md' }).click();
    await page.getByRole('heading', { name: 'posts/broken.md' }).waitFor();
    write(dir, { 'posts/broken.md': '---\ntitle: Mended\n---\nText.\n' });
    await page.reload();
    expect(await page.locator('h1').textContent()).toBe('Mended');
    await page.goto(`${server.origin}/-/`);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText('No file has a problem.').waitFor();
    expect(page.url()).toBe(`${server.origin}/-/`);
    expect(await (await fetch(`${server.origin}/feed.json`)).text()).toContain('Mended');
    await context.close();
  });

  test('an editor who deleted most is told so, and may allow it', async () => {
    for (const path of pieces) rmSync(join(dir, path), { force: true });
    const context = await enter();
    const page = await context.newPage();
    await page.goto(`${server.origin}/-/`);
    const refused = page.getByText('Refreshes are refused since');
    // What is missing once may be a folder that is being synchronised.
    while ((await refused.count()) === 0) await page.getByRole('button', { name: 'Refresh now' }).click();
    expect(await page.locator('.detail').textContent()).toContain('found 6 to withdraw');
    await picture(page, 'admin-refused');
    await page.getByRole('button', { name: 'Allow what was refused' }).click();
    await page.getByText('All is well.').waitFor();
    expect(await (await fetch(`${server.origin}/feed.json`)).text()).not.toContain('Piece');
    await context.close();
  });

  test('a page of another site cannot push the button', async () => {
    const context = await enter();
    const page = await context.newPage();
    await page.goto(`${server.origin}/-/`);
    const answered = page.waitForResponse(`${server.origin}/-/refresh`);
    await page.goto(`data:text/html,<form method=post action="${server.origin}/-/refresh"><button>x</button></form>`);
    await page.getByRole('button').click();
    expect((await answered).status()).toBe(403);
    await context.close();
  });
});

/** The cells of a table of the page, row by row. */
function cells(page: Page, name: string): Promise<readonly (readonly string[])[]> {
  return page
    .getByRole('region', { name, includeHidden: true, exact: true })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...(row as unknown as Row).cells].map(({ textContent }) => textContent)));
}

/** The figures of the row of a day. */
function rowOf(rows: readonly (readonly string[])[], at: number): readonly string[] {
  return rows.find(([label]) => label === dayAt(at))!.slice(1);
}

/** As much of HTMLTableRowElement as is looked at. */
type Row = { readonly cells: Iterable<{ readonly textContent: string }> };

/** What axe finds wrong, as one line each. */
async function violations(page: Page): Promise<readonly string[]> {
  const results = (await page.evaluate(`${axe}; axe.run(document, { iframes: false })`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

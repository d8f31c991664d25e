import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { freePort, hasChromium, looks, openBrowser, overflow, picture, watch } from './browser.ts';

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

describe.skipIf(!hasChromium)('the admin page in a browser, on this machine', () => {
  const dir = newFolder();
  let server: ServerProcess;
  let browser: Browser;
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
    server = await startServer({
      DATA_DIR: dir,
      ADMIN_TOKEN: token,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
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

/** What axe finds wrong, as one line each. */
async function violations(page: Page): Promise<readonly string[]> {
  const results = (await page.evaluate(`${axe}; axe.run(document, { iframes: false })`)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

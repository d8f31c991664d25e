import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { type ServerProcess, startServer } from '../harness.ts';
import { hasChromium, looks, openBrowser, ourName, overflow, picture, watch } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages: Readonly<Record<string, string>> = {
  home: '/',
  articles: '/articles/',
  headlines: '/headlines/',
  topic: '/tags/feeds/',
  topics: '/tags/',
  author: '/authors/ines-marques/',
  article: '/articles/how-a-headline-travels',
  headline: '/headlines/json-feed-1-1-one-page-that-says-it-all',
  archive: '/archive/',
  month: '/archive/2026/02/',
  about: '/about/feeds',
  frame: '/embed/all',
};

describe.skipIf(!hasChromium)('in a browser, over plain http on a name of the local network', () => {
  let server: ServerProcess;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://${ourName}:${port}`;
    const dir = join(import.meta.dirname, '..', '..', 'data');
    server = await startServer({ DATA_DIR: dir, PORT: String(port), PUBLIC_URL: origin });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test.each(looks)('each page is accessible, fits and is quiet: %o', async (look) => {
    const context = await browser.newContext(look);
    const faults = watch(context, [origin]);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(origin + path);
      for (const details of await page.locator('details').all())
        await details.evaluate((one) => one.setAttribute('open', ''));
      await page.waitForLoadState('networkidle');
      expect(await violations(page), path).toEqual([]);
      expect(await overflow(page), path).toBe(0);
      await picture(page, name);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a person reads what this is, copies an address, downloads the list and opens pieces, by keyboard alone', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const faults = watch(context, [origin]);
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#page-content');
    expect(await page.getByText('Give one of these addresses to a feed reader').isVisible()).toBe(true);

    await tabTo(page, 'Copy: Atom');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copied: Atom' }).waitFor();
    expect(await paste(page)).toBe(`${origin}/atom.xml`);

    await page.goto(`${origin}/`);
    await tabTo(page, 'Download all feeds as OPML');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('feeds.opml');
    expect(readFileSync(await download.path(), 'utf8')).toContain(`xmlUrl="${origin}/rss.xml"`);

    for (const title of [
      'How a headline travels',
      'Cubans will need a visa for Nicaragua, closing a well-worn road north',
    ]) {
      await page.goto(`${origin}/`);
      await tabTo(page, title);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      expect(await page.locator('h1').textContent()).toBe(title);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  test('without script everything is there: text to select, forms left out', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/headlines/`);
    expect(await page.locator('.address').first().textContent()).toBe(`${origin}/headlines/rss.xml`);
    expect(await page.locator('button, select').filter({ visible: true }).count()).toBe(0);
    await page.getByText('Make the line').click();
    await page.getByText('<linecaster-feed').first().waitFor();
    await page.frameLocator('.preview iframe').getByRole('listitem').first().waitFor();
    await context.close();
  });

  test('on paper nothing is cut off that scrolls on a screen', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${origin}/about/feeds`);
    const cutOff = (): Promise<number> =>
      page.evaluate(`[...document.querySelectorAll('pre')].filter((one) => one.scrollWidth > one.clientWidth).length`);
    expect(await cutOff()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    expect(await cutOff()).toBe(0);
    await context.close();
  });

  test('the front page is light, and nothing in it moves while it loads', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(`
      globalThis.shift = 0;
      const add = (list) => list.getEntries().forEach(({ value }) => { globalThis.shift += value; });
      new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
    `);
    await page.goto(`${origin}/`);
    for (let y = 0; y < 5000; y += 400) await page.mouse.wheel(0, 400);
    await page.waitForLoadState('networkidle');
    const bytes = await page.evaluate<number>(`
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, { transferSize }) => sum + transferSize, 0)
    `);
    process.stdout.write(`front page: ${bytes} bytes over the wire\n`);
    expect(bytes).toBeLessThan(50_000);
    expect(await page.evaluate('shift')).toBe(0);
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

function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()`,
  );
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never reaches ${name}`);
}

/** What lies on the clipboard, as somebody would find out. */
async function paste(page: Page): Promise<string> {
  await page.evaluate(`
    const box = document.createElement('textarea');
    document.body.append(box);
    box.focus();
  `);
  await page.keyboard.press('Control+V');
  return page.evaluate(`document.querySelector('textarea').value`);
}

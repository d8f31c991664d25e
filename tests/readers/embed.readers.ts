import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import {
  hasChromium,
  looks,
  openBrowser,
  otherName,
  ourName,
  overflow,
  picture,
  serveElsewhere,
  watch,
} from './browser.ts';

describe.skipIf(!hasChromium)('on the page of another site', () => {
  let server: ServerProcess;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://${ourName}:${port}`;
    const dir = newFolder();
    write(dir, {
      'publication.yaml': 'title: The Pier <&> more\nlanguage: en\n',
      'one.md': '---\ntitle: "<img src=x onerror=alert(1)> & a title of markup"\ndate: 2026-02-01\n---\nText.\n',
      'headlines.txt': Array.from({ length: 12 }, (_, n) => `Line number ${n} of a list of headlines`).join('\n'),
    });
    server = await startServer({ DATA_DIR: dir, PORT: String(port), PUBLIC_URL: origin });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** The snippet that the builder of a feed's page makes after these choices. */
  async function build(page: Page, folder: string, choices: Readonly<Record<string, string>>): Promise<string> {
    await page.goto(origin + folder);
    await page.getByText('Make the line').click();
    for (const [name, value] of Object.entries(choices)) {
      const field = page.locator(`[name=${name}]`);
      if (name === 'limit') await field.fill(value);
      else await field.selectOption(value);
    }
    if (choices.kind !== 'frame') await page.locator('.preview linecaster-feed[state=ready]').waitFor();
    return (await page.locator('.snippet:visible .address').textContent())!;
  }

  const policy = (): string =>
    `default-src 'none'; script-src ${origin}/embed.js; connect-src ${origin}; frame-src ${origin}; base-uri 'none'`;

  test.each(looks)('what the builder makes works under a strict policy: %o', async (look) => {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const snippet = await build(page, '/headlines/', { limit: '4', theme: 'auto' });
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>${snippet}`,
      policy(),
    );
    const faults = watch(context, [origin, new URL(url).origin]);
    await page.goto(url);
    const element = page.locator('linecaster-feed[state=ready]');
    await element.waitFor();
    expect(await element.getByRole('link').allTextContents()).toEqual(
      [0, 1, 2, 3].map((n) => `Line number ${n} of a list of headlines`),
    );
    expect(await element.getByRole('link').first().getAttribute('rel')).toBe('noopener');
    expect(await overflow(page)).toBe(0);
    await picture(page, 'elsewhere');
    expect(faults).toEqual([]);
    other.close();
    await context.close();
  });

  test('a script that is pinned by its hash runs, and a changed one would not', async () => {
    const page = await browser.newPage();
    const snippet = await build(page, '/headlines/', { kind: 'pinned' });
    const policies = `default-src 'none'; script-src ${origin}/; connect-src ${origin}`;
    const whole = await serveElsewhere(`<!doctype html><title>Elsewhere</title>${snippet}`, policies);
    await page.goto(whole.url);
    await page.locator('linecaster-feed[state=ready]').waitFor();
    const changed = snippet.replace(/sha384-..../, 'sha384-AAAA');
    const broken = await serveElsewhere(`<!doctype html><title>Elsewhere</title>${changed}`, policies);
    await page.goto(broken.url);
    expect(await page.getByRole('link', { name: 'The Pier <&> more: Headlines' }).isVisible()).toBe(true);
    expect(await page.locator('linecaster-feed').getAttribute('state')).toBeNull();
    whole.server.close();
    broken.server.close();
    await page.close();
  });

  test('the builder shows what it makes, in the colours and the number that were chosen', async () => {
    const page = await browser.newPage();
    expect(await build(page, '/', { limit: '3', theme: 'dark' })).toContain('limit="3" theme="dark"');
    await page.locator('.preview linecaster-feed[state=ready]').waitFor();
    expect(await page.locator('.preview').getByRole('link').count()).toBe(3);
    expect(await build(page, '/', { kind: 'frame', limit: '2', theme: 'light' })).toContain(
      '/embed/all?limit=2&amp;theme=light',
    );
    const frame = page.frameLocator('.preview iframe');
    await frame.getByRole('listitem').first().waitFor();
    expect(await frame.getByRole('listitem').filter({ visible: true }).count()).toBe(2);
    expect(await frame.locator('html').getAttribute('data-theme')).toBe('light');
    await page.close();
  });

  test('a frame grows to its height where the script runs, and shows its titles as text', async () => {
    const context = await browser.newContext();
    // The builder stays open: leaving it would break off the frame that it shows.
    const snippet = await build(await context.newPage(), '/articles/', { kind: 'frame' });
    const page = await context.newPage();
    const script = `<script type="module" src="${origin}/embed.js"></script>`;
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title>${script}${snippet}`,
      policy(),
    );
    const faults = watch(context, [origin, new URL(url).origin]);
    await page.goto(url);
    const item = page.frameLocator('iframe').getByRole('listitem');
    expect(await item.getByRole('link').textContent()).toBe('<img src=x onerror=alert(1)> & a title of markup');
    // It is told its height anew whenever what is in it changes.
    const lacks = async (): Promise<number> => {
      const height = await page.locator('iframe').getAttribute('height');
      const content = await page.frameLocator('iframe').locator('body').boundingBox();
      return Math.ceil(content!.height) - Number(height);
    };
    await expect.poll(lacks, { timeout: 10_000 }).toBe(0);
    expect(faults).toEqual([]);
    other.close();
    await context.close();
  });

  test('a frame whose address asks for no number that there is shows ten entries', async () => {
    const page = await browser.newPage();
    for (const limit of ['-3', '0', 'many']) {
      await page.goto(`${origin}/embed/all?limit=${limit}`);
      expect(await page.getByRole('listitem').filter({ visible: true }).count(), limit).toBe(10);
    }
    await page.close();
  });

  test('a feed that is empty, or cannot be had, says so politely and keeps what stood inside', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    const element = (path: string): string =>
      `<linecaster-feed src="${feeds.origin}${path}"><a href="/x">Read it there</a></linecaster-feed>`;
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>` +
        `${element('/empty')}${element('/broken')}${element('/missing')}<linecaster-feed src="javascript:alert(1)"></linecaster-feed>${element('/hostile')}`,
      `default-src 'none'; script-src ${origin}/embed.js; connect-src ${feeds.origin}`,
    );
    await page.goto(url);
    await page.locator('linecaster-feed[state=ready]').waitFor();
    await page.waitForFunction(`document.querySelectorAll('linecaster-feed[state=failed]').length === 3`);
    const states = await page
      .locator('linecaster-feed')
      .evaluateAll((all) => all.map((one) => one.getAttribute('state')));
    expect(states).toEqual(['empty', 'failed', 'failed', 'failed', 'ready']);
    expect(await page.getByRole('status').first().textContent()).toBe('Nothing here just now.');
    expect(await page.getByText('Read it there').filter({ visible: true }).count()).toBe(3);
    const hostile = page.locator('linecaster-feed[state=ready]');
    expect(await hostile.getByRole('listitem').count()).toBe(3);
    // Only http and https become links, and markup stays text.
    expect(await hostile.getByRole('link').allTextContents()).toEqual(['<b>Bold</b>']);
    expect(feeds.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    feeds.close();
    other.close();
    await page.close();
  });

  test('an element that is moved, or told to show something else, shows that and nothing of before', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    await page.clock.install();
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>` +
        `<linecaster-feed src="${feeds.origin}/hostile">Read it there</linecaster-feed><main></main>`,
      '',
    );
    await page.goto(url);
    const element = page.locator('linecaster-feed');
    const items = element.getByRole('listitem');
    const change = async (name: string, value: string, state: string): Promise<void> => {
      await element.evaluate((one, [key, text]) => one.setAttribute(key!, text!), [name, value]);
      await page.locator(`linecaster-feed[state=${state}]`).waitFor();
    };
    await page.locator('linecaster-feed[state=ready]').waitFor();
    await page.evaluate(`document.querySelector('main').append(document.querySelector('linecaster-feed'))`);
    expect(await items.count()).toBe(3);
    await change('limit', '2', 'ready');
    expect(await items.count()).toBe(2);
    const changeOutside = (name: string, value: string): Promise<void> =>
      element.evaluate(
        (one, [key, text]) => {
          const { parentElement } = one;
          one.remove();
          one.setAttribute(key!, text!);
          parentElement!.append(one);
        },
        [name, value],
      );
    await changeOutside('limit', '1');
    expect(await items.count()).toBe(1);
    await changeOutside('src', `${feeds.origin}/missing`);
    await page.locator('linecaster-feed[state=failed]').waitFor();
    expect(await items.count()).toBe(0);
    expect(await element.getByText('Read it there').isVisible()).toBe(true);
    await change('src', `${feeds.origin}/withdrawn`, 'ready');
    expect(await items.allTextContents()).toEqual(['Withdrawn soon']);
    await page.clock.fastForward(700_000);
    await page.locator('linecaster-feed[state=empty]').waitFor();
    expect(await items.count()).toBe(0);
    await change('src', `${feeds.origin}/holes`, 'ready');
    expect(await items.allTextContents()).toEqual(['After a hole']);
    feeds.close();
    other.close();
    await page.close();
  });

  test('a feed that never answers cannot be had either', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    await page.clock.install();
    const element = (path: string): string =>
      `<linecaster-feed src="${feeds.origin}${path}">Read it there</linecaster-feed>`;
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>` +
        `${element('/silent')}${element('/stalled')}`,
      '',
    );
    await page.goto(url);
    await expect.poll(() => feeds.asked.length).toBe(2);
    await page.locator('linecaster-feed[state=loading]').nth(1).waitFor();
    await page.clock.fastForward(30_000);
    await page.locator('linecaster-feed[state=failed]').nth(1).waitFor();
    expect(await page.getByText('Read it there').filter({ visible: true }).count()).toBe(2);
    feeds.close();
    other.close();
    await page.close();
  });

  test('a feed that comes slowly is waited for', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    await page.clock.install();
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>` +
        `<linecaster-feed src="${feeds.origin}/slow">Read it there</linecaster-feed>`,
      '',
    );
    await page.goto(url);
    await page.locator('linecaster-feed[state=loading]').waitFor();
    await expect.poll(() => feeds.slow.length).toBe(1);
    const [slow] = feeds.slow;
    for (const part of ['{"title":', '"T",', '"items":']) {
      const heard = new Promise((resolve) => network.once('Network.dataReceived', resolve));
      slow!.write(part);
      await heard;
      await page.clock.fastForward(15_000);
    }
    slow!.end('[{"id":"1","title":"At last"}]}');
    await page.locator('linecaster-feed[state=ready]').waitFor();
    feeds.close();
    other.close();
    await page.close();
  });

  test('what is written from right to left stands at the right, and its date as well', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>` +
        `<linecaster-feed src="${feeds.origin}/arabic"></linecaster-feed>`,
      '',
    );
    await page.goto(url);
    await page.locator('linecaster-feed[state=ready]').waitFor();
    const directions = await page.evaluate(`
      const { shadowRoot } = document.querySelector('linecaster-feed');
      ['p', 'li', 'time'].map((name) => getComputedStyle(shadowRoot.querySelector(name)).direction);
    `);
    expect(directions).toEqual(['rtl', 'rtl', 'rtl']);
    feeds.close();
    other.close();
    await page.close();
  });

  test('two elements of one feed ask once, and not again before it is stale', async () => {
    const feeds = await serveFeeds();
    const page = await browser.newPage();
    const element = `<linecaster-feed src="${feeds.origin}/hostile"></linecaster-feed>`;
    const { url, server: other } = await serveElsewhere(
      `<!doctype html><title>Elsewhere</title><script type="module" src="${origin}/embed.js"></script>${element}${element}`,
      '',
    );
    await page.goto(url);
    await page.locator('linecaster-feed[state=ready]').nth(1).waitFor();
    await page.evaluate(`document.querySelector('linecaster-feed').setAttribute('limit', '2')`);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.waitForFunction(
      `document.querySelector('linecaster-feed').shadowRoot.querySelectorAll('li').length === 2`,
    );
    expect(feeds.asked.map(({ path }) => path)).toEqual(['/hostile']);
    feeds.close();
    other.close();
    await page.close();
  });
});

type Feeds = {
  readonly origin: string;
  readonly asked: { readonly method: string; readonly path: string }[];
  /** Answers that wait to be written. */
  readonly slow: readonly ServerResponse[];
  readonly close: () => void;
};

/** A server of feeds that are empty, broken, or mean harm. */
async function serveFeeds(): Promise<Feeds> {
  const asked: { readonly method: string; readonly path: string }[] = [];
  const slow: ServerResponse[] = [];
  const hostile = [
    { id: '1', title: '<b>Bold</b>', url: 'https://a.example/' },
    { id: '2', title: 'Harm', url: 'javascript:alert(1)', date_published: 'never' },
    { id: '3', content_text: 'Without a title' },
  ];
  const bodies: Readonly<Record<string, unknown>> = {
    '/empty': { items: [] },
    '/broken': 'no feed',
    '/hostile': { title: 'T', items: hostile },
    '/stalled': {},
    '/slow': {},
    '/holes': { title: 'T', items: [null, { id: '1', title: 'After a hole' }] },
    '/arabic': {
      title: 'جريدة الميناء',
      language: 'ar',
      items: [{ id: '1', title: 'عنوان أول', date_published: '2026-02-01T00:00:00Z' }],
    },
  };
  const bodyOf = (path: string): unknown => {
    if (path !== '/withdrawn') return bodies[path];
    const isFirst = asked.filter((one) => one.path === path).length === 1;
    return { title: 'T', items: isFirst ? [{ id: '1', title: 'Withdrawn soon' }] : [] };
  };
  const server = createServer(({ method, url }, response) => {
    asked.push({ method: method!, path: url! });
    if (url === '/silent') return;
    const body = bodyOf(url!);
    response.writeHead(body === undefined ? 404 : 200, {
      'Access-Control-Allow-Origin': '*',
      // The browser's own cache knows nothing of a clock that a test turns on.
      'Cache-Control': url === '/withdrawn' ? 'max-age=0' : 'max-age=600',
    });
    if (url === '/slow') slow.push(response);
    else if (url === '/stalled') response.write('{');
    else response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://${otherName}:${(server.address() as AddressInfo).port}`,
    asked,
    slow,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

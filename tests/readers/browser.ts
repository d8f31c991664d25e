import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's chromium, or the one that CHROMIUM names. */
export const chromiumPath: string = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const hasChromium: boolean = existsSync(chromiumPath);
if (!hasChromium) process.stderr.write(`skipped: no chromium at ${chromiumPath}\n`);

/** The names of a small network: ours, and that of another site. Neither has a certificate. */
export const ourName = 'newsroom.test';
export const otherName = 'elsewhere.test';

/** Widths of a phone and of a desk, in the light and in the dark. */
export const looks: readonly BrowserContextOptions[] = [360, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport: { width, height: 800 }, colorScheme })),
);

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-quic', `--host-resolver-rules=MAP *.test 127.0.0.1`],
  });
}

/** What went wrong while a page was looked at: complaints in the console, failed requests, and those to other sites. */
export function watch(context: BrowserContext, origins: readonly string[]): readonly string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`error: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    // Whoever goes on to the next page at once does not wait for the icon.
    if (!request.url().endsWith('/favicon.svg'))
      faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !origins.includes(origin)) faults.push(`left the site: ${request.url()}`);
  });
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return faults;
}

const folder = join(import.meta.dirname, '..', '..', 'var', 'screenshots');

/** A picture of the whole page below var/screenshots, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { width } = page.viewportSize()!;
  const scheme = await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'`);
  await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`), fullPage: true });
}

/** How many pixels a page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** A page of another site, with a policy of its own. */
export async function serveElsewhere(
  html: string,
  policy: string,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const isPage = request.url === '/';
    response.writeHead(isPage ? 200 : 204, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    });
    response.end(isPage ? html : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://${otherName}:${(server.address() as AddressInfo).port}/`, server };
}

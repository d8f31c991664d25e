import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { hasChromium, looks, openBrowser, ourName, overflow, picture, watch } from './browser.ts';

const front = (title: string, more = ''): string =>
  `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-02-01\n${more}---\n`;
const word = 'Donaudampfschifffahrt'.repeat(10).slice(0, 200);

const scripts = `<script>globalThis.hacked = 1</script>

<img src="x" onerror="globalThis.hacked = 2"> <svg onload="globalThis.hacked = 3"><script>globalThis.hacked = 4</script></svg>

[a link](javascript:globalThis.hacked=5) <a href="data:text/html,<script>alert(1)</script>">another</a>

<iframe srcdoc="<script>parent.hacked = 6</script>"></iframe> <style>body { display: none }</style>

<form id="page-content"><input name="style"></form> <b style="position:fixed;inset:0">Bold</b>

<meta http-equiv="refresh" content="0;url=https://evil.example/">

![drawn](evil.svg)
`;

const files: Readonly<Record<string, string>> = {
  'publication.yaml': `title: ${word} Gazette\nlanguage: en\n`,
  'scripts.md': front('Scripts', 'image: evil.svg\n') + scripts,
  'evil.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hacked = 7"><script>top.hacked = 8</script></svg>',
  'markup.md': `${front('</title><script>globalThis.hacked = 9</script> & <b>bold</b>', `tags: ["<i>tag</i>"]\nauthor: "<u>Author</u>"\ndescription: "<s>summary</s>"\n`)}Text.\n`,
  'large.md':
    `${front('Large')}${'A paragraph of some length that fills the page. '.repeat(20)}\n\n`.padEnd(100, ' ') +
    'Words and words.\n\n'.repeat(250_000),
  'word.md': `${front(word, `tags: [${word}]\nauthor: ${word}\ndescription: ${word}\n`)}${word}\n\n| ${word} | ${word} |\n|---|---|\n| a | b |\n\n\`\`\`\n${word}${word}\n\`\`\`\n`,
  'arabic.ar.md': `${front('ميناء جديد يفتح أبوابه أمام السفن')}نص المقال هنا، وفيه كلمات كثيرة.\n`,
  'emoji.md': `${front('👩‍👩‍👧‍👦 A family 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and e\u0301 combining marks')}Text 🎉.\n`,
  'headlines.txt': `Hebrew שלום and English in one line, with 50% & <tags>\n${word.toUpperCase().slice(7)}\n`,
};

describe.skipIf(!hasChromium)('what means harm', () => {
  let server: ServerProcess;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://${ourName}:${port}`;
    const dir = newFolder();
    write(dir, files);
    server = await startServer({ DATA_DIR: dir, PORT: String(port), PUBLIC_URL: origin });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test.each(looks.filter(({ colorScheme }) => colorScheme === 'light'))(
    'shows safely and breaks nothing: %o',
    async (look) => {
      const context = await browser.newContext(look);
      const faults = watch(context, [origin]);
      const page = await context.newPage();
      const { items } = (await (await fetch(`${server.origin}/feed.json`)).json()) as {
        items: { url: string; title: string }[];
      };
      expect(items).toHaveLength(8);
      const paths = [
        '/',
        '/articles/',
        '/headlines/',
        '/tags/',
        '/archive/2026/02/',
        '/embed/all',
        ...items.map(({ url }) => new URL(url).pathname),
      ];
      for (const [index, path] of paths.entries()) {
        await page.goto(origin + path);
        expect(await overflow(page), path).toBe(0);
        expect(await page.evaluate('globalThis.hacked'), path).toBeUndefined();
        expect(await page.locator('h1').first().isVisible(), path).toBe(true);
        if (!path.includes('large')) await picture(page, `hostile-${index}`);
      }
      for (const { url, title } of items) {
        await page.goto(url);
        expect(await page.locator('h1').textContent()).toBe(title);
        const links = await page
          .locator('main a')
          .evaluateAll((all) => all.map((one) => String(Reflect.get(one, 'protocol'))));
        expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
      }
      // The picture that is not there, for its onerror's sake, is all that may be missed.
      expect(faults.filter((fault) => !/status of 404|articles\/x /.test(fault))).toEqual([]);
      await context.close();
    },
  );

  test('a picture with a script in it does nothing, even when it is looked at by itself', async () => {
    const page = await browser.newPage();
    const response = await page.goto(`${origin}/media/evil.svg`);
    expect(response!.status()).toBe(200);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    await page.close();
  });
});

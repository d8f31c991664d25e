import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ledger } from '../../src/store/ledger.ts';
import { Desk, newFolder, type ServerProcess, startServer, write } from '../harness.ts';

const files = {
  'publication.yaml': 'title: The "Pier" <&> more\ngone: tags/over\n',
  'one.md': '---\ntitle: One\ntags: [Größe, Over]\n---\nText.\n',
  'headlines.txt': 'Ferry sails on Sundays too\n',
};

let server: ServerProcess;
beforeAll(async () => {
  const dir = newFolder();
  write(dir, files);
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
});
afterAll(() => server.stop());

const get = (path: string): Promise<Response> => fetch(server.origin + path);

test('the embed script is small, and may be run by pages of any site', async () => {
  const response = await get('/embed.js');
  const script = await response.text();
  expect(gzipSync(script).length).toBeLessThan(5000);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const hash = createHash('sha256').update(script).digest('hex').slice(0, 16);
  const lasting = await get(`/embed-${hash}.js`);
  expect(await lasting.text()).toBe(script);
  expect(lasting.headers.get('cache-control')).toContain('immutable');
});

test('a version of the embed script that other sites name stays when the software has a newer one', async () => {
  const desk = new Desk();
  desk.write(files);
  await desk.refresh();
  await desk.restart();
  const ledger = new Ledger(await desk.store.load());
  ledger.putSetting('lasting-file /embed-0123456789abcdef.js', 'export {}; // what was served last year');
  await ledger.save(desk.store);
  await desk.restart();
  await desk.restore();
  expect(desk.text('/embed-0123456789abcdef.js')).toContain('last year');
  expect([...desk.documents.keys()].filter((path) => path.startsWith('/embed-'))).toHaveLength(2);
});

test('a frame of every feed may be shown by any site, and by its address alone', async () => {
  for (const path of ['/embed/all', '/embed/headlines', '/embed/tags/gr%C3%B6%C3%9Fe?limit=3&theme=dark']) {
    const { status, headers } = await get(path);
    expect(status, path).toBe(200);
    expect(headers.get('content-security-policy'), path).toContain('frame-ancestors *');
    expect(headers.get('x-frame-options'), path).toBeNull();
  }
  expect(await (await get('/embed/headlines')).text()).toContain('Ferry sails on Sundays too');
});

test('a frame of a feed that has ended, or never was, says so on whatever site it stands', async () => {
  for (const [path, status, message] of [
    ['/embed/tags/over', 410, 'This has ended.'],
    ['/embed/tags/never', 404, 'There is nothing at this address.'],
  ] as const) {
    const response = await get(path);
    expect(response.status, path).toBe(status);
    expect(response.headers.get('content-security-policy'), path).toContain('frame-ancestors *');
    expect(response.headers.get('x-frame-options'), path).toBeNull();
    expect(await response.text(), path).toContain(`<p lang="en" dir="ltr">${message}</p>`);
  }
  expect((await get('/tags/over/')).headers.get('x-frame-options')).toBe('DENY');
});

test('the snippets on a feed’s page are well-formed, and name that feed', async () => {
  const html = await (await get('/headlines/')).text();
  const snippets = [...html.matchAll(/<code class="address" translate="no">(&lt;[\s\S]*?)<\/code>/g)].map(([, text]) =>
    unescapeHtml(text!),
  );
  const [plain, pinned, frame] = snippets;
  const script = await (await get('/embed.js')).text();
  const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
  expect(pinned).toContain(`integrity="${integrity}" crossorigin="anonymous"></script>`);
  expect([plain, frame]).toEqual([
    '<script type="module" src="https://news.example.com/embed.js"></script>\n' +
      '<linecaster-feed src="https://news.example.com/headlines/feed.json" limit="5" theme="auto">\n' +
      '  <a href="https://news.example.com/headlines/">The &quot;Pier&quot; &lt;&amp;&gt; more: Headlines</a>\n' +
      '</linecaster-feed>',
    '<iframe src="https://news.example.com/embed/headlines?limit=5&amp;theme=auto" title="The &quot;Pier&quot; &lt;&amp;&gt; more: Headlines" width="100%" height="420" loading="lazy" frameborder="0"></iframe>',
  ]);
});

function unescapeHtml(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

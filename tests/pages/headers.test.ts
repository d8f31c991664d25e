import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders } from '../../src/edition/page-headers.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';

let server: ServerProcess;
beforeAll(async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: The Pier\n',
    'one.md': '---\ntitle: One\n---\n![A](https://pictures.example/a.png) ![B](//more.example/b.png) text\n',
    'two.md': '---\ntitle: Two\n---\nText.\n',
    'typo.md':
      '---\ntitle: Typo\nimage: https://a;b.example/a.png\n---\n![A](https://cdn,example.com/a.png) ![B](https://*.example/b.png)\n',
    'headlines.txt': 'Ferry sails on Sundays too\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'http://news.example.com/base' });
});
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.origin + path, { headers });

async function policyOf(path: string): Promise<ReadonlyMap<string, string>> {
  const policy = (await get(path)).headers.get('content-security-policy')!;
  return new Map(policy.split(';').map((one) => [one.split(' ')[0]!, one.split(' ').slice(1).join(' ')]));
}

test('a page may load nothing but what is its own, and nobody may frame it', async () => {
  for (const path of ['/', '/articles/', '/articles/two', '/archive/', '/about/feeds', '/nothing-here']) {
    const policy = await policyOf(path);
    expect(policy.get('default-src'), path).toBe("'none'");
    expect(policy.get('style-src'), path).toBe("'self'");
    expect(policy.get('frame-ancestors'), path).toBe("'none'");
    expect(policy.get('img-src'), path).toBe("'self' http://news.example.com data:");
    expect(policy.get('script-src') ?? '', path).not.toContain('unsafe');
    expect((await get(path)).headers.get('x-frame-options'), path).toBe('DENY');
  }
  expect((await policyOf('/articles/two')).get('script-src')).toBe("'none'");
});

test('the pictures of other sites that an article shows may be loaded on its page, and there only', async () => {
  const policy = await policyOf('/articles/one');
  expect(policy.get('img-src')).toBe(
    "'self' http://news.example.com https://more.example https://pictures.example data:",
  );
});

test('a picture on a host that no policy can name harms nothing', async () => {
  const policy = await policyOf('/articles/typo');
  expect(policy.get('img-src')).toBe("'self' http://news.example.com data:");
});

test('the script in a page is the one that its policy names', async () => {
  const html = await (await get('/articles/')).text();
  const [, script] = /<script type="module">([\s\S]*?)<\/script>/.exec(html)!;
  const hash = createHash('sha256').update(script!).digest('base64');
  expect((await policyOf('/articles/')).get('script-src')).toContain(`'sha256-${hash}'`);
});

test('over plain http nothing is said that browsers then complain of', async () => {
  const { headers } = await get('/');
  for (const name of ['strict-transport-security', 'cross-origin-opener-policy', 'origin-agent-cluster']) {
    expect(headers.get(name), name).toBeNull();
  }
  expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  const secure = pageHeaders({ publicUrl: 'https://news.example.com' }, { styles: [], scripts: [] });
  expect(secure).toContain('strict-transport-security');
  expect(secure[secure.indexOf('content-security-policy') + 1]).toContain('upgrade-insecure-requests');
});

test('pages are compressed and answered with 304 like feeds, and their stylesheet lasts', async () => {
  const first = await get('/', { 'accept-encoding': 'br' });
  expect(first.headers.get('content-encoding')).toBe('br');
  const html = await first.text();
  const again = await get('/', { 'if-none-match': first.headers.get('etag')! });
  expect(again.status).toBe(304);
  const [, sheet] = /<link rel="stylesheet" href="\/base([^"]+)">/.exec(html)!;
  const style = await get(sheet!);
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(sheet).toContain(
    createHash('sha256')
      .update(await style.text())
      .digest('hex')
      .slice(0, 16),
  );
});

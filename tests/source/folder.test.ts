import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/lib/problem.ts';
import { byPath, isUnchanged, readStable, walk } from '../../src/source/folder.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function write(path: string, contents: string = 'Text.'): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), contents);
}

async function paths(): Promise<readonly string[]> {
  return (await walk(dir)).files.toSorted(byPath).map(({ path }) => path);
}

async function problems(): Promise<readonly string[]> {
  return (await walk(dir)).problems.map(formatProblem);
}

describe('the data folder', () => {
  test('each file has its role', async () => {
    const roles = {
      'publication.yaml': 'publication',
      'briefing.txt': 'root-text',
      'headlines.txt': 'headlines',
      'headlines.csv': 'headlines',
      'headlines/a/b.YAML': 'headlines',
      'headlines/c.json': 'headlines',
      'about.md': 'article',
      'blog/a.Markdown': 'article',
      'blog/b.HTML': 'article',
      'blog/d.mdx': 'article',
      'blog/c.TXT': 'article',
      'blog/headlines.txt': 'article',
      'blog/photo.JPG': 'media',
      'static/talk.mp3': 'media',
      'static/film.mp4': 'media',
      'static/song.flac': 'media',
      'static/film.M4V': 'media',
      'favicon.ico': 'media',
      'static/paper.pdf': 'media',
      'static/all.zip': 'media',
      'static/figures.csv': 'media',
    };
    for (const path of Object.keys(roles)) write(path);
    const { files } = await walk(dir);
    expect(Object.fromEntries(files.map(({ path, role }) => [path, role]))).toEqual(roles);
  });

  test('what generators and machines keep for themselves is left alone', async () => {
    const ignored = [
      '.hidden.md',
      '.git/config.md',
      'node_modules/a/readme.md',
      'node_modules/a/b.md',
      '_site/a.md',
      '_layouts/a.html',
      '_includes/a.md',
      '_drafts/a.md',
      'blog/_drafts/a.md',
      'blog/_index.md',
      'blog/_index.fr.md',
      'README.md',
      'blog/readme.md',
      'blog/_index.mdx',
      'robots.txt',
      'data.json',
      'theme/main.ts',
      'theme/main.css',
      'config.toml',
      'headlines/.old.txt',
    ];
    for (const path of [...ignored, 'a.md']) write(path);
    expect(await paths()).toEqual(['a.md']);
    expect(await problems()).toEqual([]);
  });

  test('beside a _config.yml, HTML without front matter is no article', async () => {
    write('_config.yml');
    write('page.html', '<p>Copied.</p>');
    write('blog/page.html', '<p>Copied.</p>');
    write('blog/post.html', '---\r\ntitle: T\r\n---\r\n<p>Read.</p>');
    write('blog/post.md', 'Read.');
    expect(await paths()).toEqual(['blog/post.html', 'blog/post.md']);
  });

  test('files are sorted by natural path order', async () => {
    for (const path of ['b/2.md', 'b/10.md', 'b/1.md', 'a10.txt', 'a9.txt', 'B.txt']) write(path);
    expect(await paths()).toEqual(['a9.txt', 'a10.txt', 'B.txt', 'b/1.md', 'b/2.md', 'b/10.md']);
  });

  test('a decomposed name is its composed path, and is read all the same', async () => {
    write('Gro\u0308ße.md', 'Text.');
    const { files } = await walk(dir);
    expect(files[0]?.path).toBe('Größe.md');
    expect(await readStable(dir, files[0]!)).toMatchObject({ bytes: Buffer.from('Text.') });
  });

  test('the same name in two spellings is a problem, and one of them is read', async () => {
    write('Gro\u0308ße.md');
    write('Größe.md');
    expect(await paths()).toEqual(['Größe.md']);
    expect(await problems()).toEqual(['Größe.md: expected one file of this name, found another']);
  });

  test('a name that is no UTF-8 is a problem', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]), 'x');
    write('a.md');
    expect(await paths()).toEqual(['a.md']);
    expect(await problems()).toEqual(['caf\ufffd.md: expected a file name in UTF-8, found other bytes']);
  });

  test('a source over 5 MB is a problem, a film of that size is not', async () => {
    for (const path of ['big.md', 'film.mp4']) {
      write(path);
      truncateSync(join(dir, path), 6 * 1024 * 1024);
    }
    expect(await paths()).toEqual(['film.mp4']);
    expect(await problems()).toEqual(['big.md: expected at most 5 MB, found 6.0 MB']);
  });

  test('a path of over 2,600 bytes is a problem', async () => {
    const folders = Array.from({ length: 13 }, () => 'é'.repeat(99)).join('/');
    for (const name of ['kept.md', 'much-too-long.md']) write(`${folders}/${name}`);
    expect(await paths()).toEqual([`${folders}/kept.md`]);
    expect(await problems()).toEqual([
      `${folders}/much-too-long.md: expected a path of at most 2,600 bytes, found 2,603`,
    ]);
  });

  test('pipes and sockets are problems, and nobody waits for them', async () => {
    write('a.md');
    execFileSync('mkfifo', [join(dir, 'pipe.md')]);
    const server = createServer().listen(join(dir, 'socket.md'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await problems()).toEqual([
      'pipe.md: expected a file, found a pipe, socket or device',
      'socket.md: expected a file, found a pipe, socket or device',
    ]);
    server.close();
  });

  test.skipIf(process.getuid?.() !== 0)('a device is a problem, and is not read', async () => {
    write('a.md');
    execFileSync('mknod', [join(dir, 'zeros.md'), 'c', '1', '5']);
    expect(await paths()).toEqual(['a.md']);
    expect(await problems()).toEqual(['zeros.md: expected a file, found a pipe, socket or device']);
  });

  test('folders within folders are followed as far as a path can name them', async () => {
    write('a.md');
    // Deeper than one path can say, which only somebody who goes down step by step can make.
    const script = `for (let n = 0; n < 2500; n += 1) { require('node:fs').mkdirSync('d'); process.chdir('d');
      if (n === 1200) require('node:fs').writeFileSync('deep.md', 'Text.'); }`;
    execFileSync(process.execPath, ['-e', script], { cwd: dir });
    const { files, problems } = await walk(dir);
    expect(files.map(({ path }) => path.split('/').length).sort()).toEqual([1, 1202]);
    expect(problems.map(({ message }) => message)).toEqual(['expected to read it, found ENAMETOOLONG']);
    execFileSync('rm', ['-rf', join(dir, 'd')]);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be read is a problem', async () => {
    write('a.md');
    write('closed/b.md');
    chmodSync(join(dir, 'closed'), 0);
    expect(await problems()).toEqual(['closed: expected to read it, found EACCES']);
    chmodSync(join(dir, 'closed'), 0o700);
  });

  test.each([
    ['missing', 'nowhere', 'found ENOENT'],
    ['a file', 'a.md', 'found ENOTDIR'],
    ['empty', 'empty', 'found none'],
    ['without a file of ours', 'other', 'found none'],
  ])('a data folder that is %s stops the reading', async (_, path, message) => {
    write('a.md');
    write('other/main.css');
    write('other/.hidden.md');
    mkdirSync(join(dir, 'empty'));
    await expect(walk(join(dir, path))).rejects.toThrow(message);
    await expect(walk(join(dir, path))).rejects.toThrow(/^source: expected .*data folder/);
  });
});

describe('symbolic links', () => {
  test('out of the folder, or to nowhere, are problems', async () => {
    write('inside/a.md');
    write('outside/b.md');
    const data = join(dir, 'inside');
    symlinkSync('../outside/b.md', join(data, 'b.md'));
    symlinkSync('../outside', join(data, 'more'));
    symlinkSync('gone.md', join(data, 'dangling.md'));
    symlinkSync('loop.md', join(data, 'loop.md'));
    symlinkSync('/etc/hostname', join(data, 'Makefile'));
    const { files, problems } = await walk(data);
    expect(files.map(({ path }) => path)).toEqual(['a.md']);
    expect(problems.map(formatProblem).sort()).toEqual([
      'b.md: expected a link inside the data folder, found one that leads out',
      'dangling.md: expected to read it, found ENOENT',
      'loop.md: expected to read it, found ELOOP',
      'more: expected a link inside the data folder, found one that leads out',
    ]);
  });

  test('inside it are followed, and what was found already is not read twice', async () => {
    write('blog/a.md');
    write('blog/photo.jpg');
    write('.store/c.md');
    write('.store/d.md');
    symlinkSync('blog/a.md', join(dir, 'latest.md'));
    symlinkSync('blog', join(dir, 'again'));
    symlinkSync('..', join(dir, 'blog', 'up'));
    symlinkSync('blog/photo.jpg', join(dir, 'photo.jpg'));
    symlinkSync('.store/c.md', join(dir, 'c.md'));
    symlinkSync('.store', join(dir, 'store'));
    expect(await paths()).toEqual(['blog/a.md', 'blog/photo.jpg', 'photo.jpg', 'store/c.md', 'store/d.md']);
    expect(await problems()).toEqual([]);
  });

  test('by the name of a picture are to pictures: no draft and no settings are served by it', async () => {
    write('draft.md', '---\ndraft: true\n---\nSecret.');
    write('headlines.csv');
    write('.env');
    write('publication.yaml');
    write('..data/photo.jpg');
    write('.annex/SHA256-s5--0a');
    write('versions/photo.jpg.v2');
    write('_drafts/post.md');
    write('notes.rst');
    const targets = {
      'a.png': 'draft.md',
      'b.csv': 'headlines.csv',
      'c.png': '.env',
      'd.pdf': 'publication.yaml',
      'e.png': '_drafts/post.md',
      'f.png': 'notes.rst',
      'g.jpg': '..data/photo.jpg',
      'h.jpg': '.annex/SHA256-s5--0a',
      'i.jpg': 'versions/photo.jpg.v2',
    };
    for (const [path, target] of Object.entries(targets)) symlinkSync(target, join(dir, path));
    expect((await paths()).filter((path) => path in targets)).toEqual(['g.jpg', 'h.jpg', 'i.jpg']);
    expect(await problems()).toEqual(
      Object.entries(targets)
        .slice(0, 6)
        .map(([path, target]) => `${path}: expected a link to a file of its kind, found one to ${target}`),
    );
  });

  test('the data folder may be one itself', async () => {
    write('release/a.md');
    symlinkSync('release', join(dir, 'current'));
    expect((await walk(join(dir, 'current'))).files.map(({ path }) => path)).toEqual(['a.md']);
  });
});

describe('reading a file', () => {
  async function only() {
    return (await walk(dir)).files[0]!;
  }

  test('gives its bytes, its stat and its hash', async () => {
    write('a.md', 'Text.');
    const file = await only();
    expect(await readStable(dir, file)).toEqual({
      bytes: Buffer.from('Text.'),
      stat: file.stat,
      hash: '8G3OJ7hOGMyzx-lKBnnCec',
    });
  });

  test('what vanished, or became something else, gives a reason', async () => {
    write('a.md');
    const file = await only();
    rmSync(join(dir, 'a.md'));
    expect(await readStable(dir, file)).toEqual({ reason: 'expected to read it, found ENOENT' });
    mkdirSync(join(dir, 'a.md'));
    expect(await readStable(dir, file)).toEqual({ reason: 'expected a file, found something else' });
    rmSync(join(dir, 'a.md'), { recursive: true });
    execFileSync('mkfifo', [join(dir, 'a.md')]);
    expect(await readStable(dir, file)).toEqual({ reason: 'expected a file, found something else' });
  });

  test('what is being written is never half of one and half of another', async () => {
    write('a.md', 'a'.repeat(400_000));
    const file = await only();
    const script = `const fs = require('node:fs'); for (let turn = 0; turn < 60; turn += 1) {
      const to = fs.openSync(process.argv[1], 'r+');
      for (let at = 0; at < 400000; at += 50000) fs.writeSync(to, (turn % 2 ? 'a' : 'b').repeat(50000), at);
      fs.closeSync(to);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, turn % 10);
    }`;
    const writer = spawn(process.execPath, ['-e', script, join(dir, 'a.md')]);
    const ended = new Promise((resolve) => writer.once('exit', resolve));
    const letters = new Set<number>();
    while (writer.exitCode === null) {
      const reading = await readStable(dir, file);
      if ('bytes' in reading) letters.add(new Set(reading.bytes).size);
      await setImmediate();
    }
    await ended;
    const last = await readStable(dir, file);
    expect('bytes' in last && new Set(last.bytes).size).toBe(1);
    expect([...letters].every((count) => count === 1)).toBe(true);
  });

  test('what grew beyond 5 MB since it was listed gives a reason', async () => {
    write('a.md');
    const file = await only();
    truncateSync(join(dir, 'a.md'), 6 * 1024 * 1024);
    expect(await readStable(dir, file)).toEqual({ reason: 'expected at most 5 MB, found more' });
  });
});

describe('a file needs no look', () => {
  async function stat() {
    return (await walk(dir)).files[0]!.stat;
  }

  test('when nothing about it changed and it had rested', async () => {
    write('a.md');
    const last = await stat();
    expect(isUnchanged(await stat(), { ...last, seenAt: last.mtimeMs + 2001 })).toBe(true);
  });

  test('but it does when it was written within two seconds of the last look', async () => {
    write('a.md');
    const last = await stat();
    expect(isUnchanged(await stat(), { ...last, seenAt: last.mtimeMs + 2000 })).toBe(false);
  });

  test('and when another file of the same size and time took its place', async () => {
    write('a.md', 'One..');
    const last = await stat();
    write('b', 'Two..');
    utimesSync(join(dir, 'b'), last.mtimeMs / 1000, last.mtimeMs / 1000);
    renameSync(join(dir, 'b'), join(dir, 'a.md'));
    expect(isUnchanged(await stat(), { ...last, seenAt: last.mtimeMs + 60_000 })).toBe(false);
  });
});

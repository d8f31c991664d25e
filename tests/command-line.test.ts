import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The exit code and what was said on standard error, of a command in a folder where there is nothing to do. */
function misuse(...args: readonly string[]): readonly [number | null, string] {
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const env = { PATH: process.env.PATH, DATA_DIR: '/nowhere', STORE_URL: 'sqlite::memory:' };
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  expect(stdout).toBe('');
  return [status, stderr.split('\n')[0]!];
}

test.each([
  [['help'], 'there is no command “help”'],
  [['serve', '--out', 'x'], 'serve has no option --out'],
  [['backup', '--replace', 'x'], 'backup has no option --replace'],
  [['lint', '--nope'], expect.stringContaining("Unknown option '--nope'")],
  [['build'], 'expected “build --out DIR”, found “build”'],
  [['serve', 'data'], 'expected “serve”, found “serve data”'],
  [['build', '--out', ''], 'build: expected a name, found an empty one'],
  [['backup', ''], 'backup: expected a name, found an empty one'],
  [['restore', 'a', 'b'], 'expected “restore FILE”, found “restore a b”'],
])('%j is refused with 2 and a word on why', (args, said) => {
  const [code, first] = misuse(...args);
  expect([code, first.replace('linecaster: ', '')]).toEqual([2, said]);
});

test('a mistyped PORT is named, and not the address that is made of it', () => {
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const env = { PATH: process.env.PATH, PORT: '99999' };
  const { status, stderr } = spawnSync(process.execPath, [main, 'serve'], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, 'linecaster: config: PORT: expected a number from 0 to 65535, found "99999"\n']);
});

test('without a command the usage is shown', () => {
  expect(misuse()).toEqual([2, 'Usage: node src/main.ts COMMAND']);
});

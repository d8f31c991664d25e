import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Postgres server of our own, on a socket in a temporary folder. */
export type Cluster = {
  /** A new, empty database. */
  readonly newDatabase: () => string;
  /** Dumps a database, and gives what puts the dump in the place of all that is there later. */
  readonly dump: (url: string) => () => void;
  readonly stop: () => void;
  readonly start: () => void;
  readonly remove: () => void;
  /** Starts another server that follows this one, and gives what its URLs have in place of this one's `host:port`. */
  readonly addStandby: () => Standby;
};

/** A server that follows a cluster. */
type Standby = { readonly at: string; readonly promote: () => void; readonly remove: () => void };

/** Starts a throw-away cluster with Debian's Postgres. */
export function startCluster(): Cluster {
  // Below the ports that systems give out, and another one in each test process.
  const port = 20_000 + (process.pid % 10_000);
  const folder = mkdtempSync(join(tmpdir(), 'linecaster-pg-'));
  const bin = join('/usr/lib/postgresql', readdirSync('/usr/lib/postgresql').at(-1)!, 'bin');
  const isRoot = process.getuid?.() === 0;
  const run = (command: string, ...args: string[]): void => {
    const [file, all] = isRoot
      ? ['runuser', ['-u', 'postgres', '--', join(bin, command), ...args]]
      : [join(bin, command), args];
    execFileSync(file as string, all as string[], { stdio: 'ignore', cwd: folder });
  };
  if (isRoot) {
    const id = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id, id);
  }
  const data = join(folder, 'data');
  const startIn = (data: string, port: number): void => {
    const options = `-p ${port} -h 127.0.0.1,::1 -k ${folder} -c fsync=off`;
    run('pg_ctl', '-D', data, '-w', '-l', `${data}.log`, '-o', options, 'start');
  };
  const stopIn = (data: string): void => run('pg_ctl', '-D', data, '-m', 'fast', '-w', 'stop');
  const [start, stop] = [() => startIn(data, port), () => stopIn(data)];
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync');
  start();
  let databases = 0;
  return {
    newDatabase: () => {
      databases += 1;
      const name = `linecaster${databases}`;
      run('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    dump: (url) => {
      const file = join(folder, 'dump');
      run('pg_dump', '-Fc', '-f', file, url);
      return () => run('pg_restore', '--clean', '--if-exists', '-d', url, file);
    },
    start,
    stop,
    addStandby: () => {
      const copy = join(folder, 'standby');
      run('pg_basebackup', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-D', copy, '-R', '-c', 'fast');
      startIn(copy, port + 10_000);
      return {
        at: `127.0.0.1:${port + 10_000}`,
        promote: () => run('pg_ctl', '-D', copy, '-w', 'promote'),
        remove: () => {
          stopIn(copy);
          rmSync(copy, { recursive: true });
        },
      };
    },
    remove: () => {
      try {
        stop();
      } catch {
        // It was stopped already.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

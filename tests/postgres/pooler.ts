import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { newFolder } from '../harness.ts';

/** PgBouncer before a database, with the URL that leads through it. */
export type Pooler = { readonly url: string; readonly close: () => void };

/** Starts a pooler that has two connections, and deals them out for a transaction each. */
export async function startPooler(database: string): Promise<Pooler> {
  const { hostname, port, pathname } = new URL(database);
  const own = await freePort();
  const settings = join(newFolder(), 'pgbouncer.ini');
  writeFileSync(
    settings,
    `[databases]
* = host=${hostname} port=${port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`,
  );
  // It does not run as root; what it reads first it reads as who starts it.
  const isRoot = process.getuid?.() === 0;
  const pooler = spawn('/usr/sbin/pgbouncer', [...(isRoot ? ['-u', 'postgres'] : []), settings]);
  await new Promise<void>((resolve, reject) => {
    pooler.once('error', reject);
    pooler.once('exit', (code) => reject(new Error(`pgbouncer ended with ${code}`)));
    pooler.stderr.on('data', (said) => {
      if (String(said).includes('process up')) resolve();
    });
  });
  return { url: `postgres://postgres@127.0.0.1:${own}${pathname}`, close: () => pooler.kill('SIGKILL') };
}

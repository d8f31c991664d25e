import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { catchUp } from '../../src/feeds/catch-up.ts';
import type { Html } from '../../src/lib/html.ts';
import { Pipeline } from '../../src/refresh.ts';
import { noChanges } from '../../src/store/changes.ts';
import { Ledger } from '../../src/store/ledger.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { Desk } from '../harness.ts';
import { testStore } from '../store/contract.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startSilencer } from './silencer.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());

testStore(async () => {
  const url = cluster.newDatabase();
  return { store: openPostgres(url), again: () => openPostgres(url) };
});

test('one of several leads, and another takes over when it has gone', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  expect([await first.lead(), await second.lead(), await first.lead()]).toEqual([true, false, true]);
  await first.close();
  expect(await second.lead()).toBe(true);
  await second.close();
});

test('what one writes the others hear of', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  const { generation } = await first.load();
  const heard = new Promise<void>((resolve) => void second.onWrite(resolve));
  await second.generation();
  const ledger = new Ledger(await first.load());
  ledger.putSetting('a', 'b');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await ledger.save(first);
  await heard;
  expect(await second.generation()).toBe(generation + 1);
  await Promise.all([first.close(), second.close()]);
});

test('connections that were cut off without a word are hung up, and others take their place', async () => {
  const url = new URL(cluster.newDatabase());
  const relay = await startSilencer(Number(url.port));
  const other = openPostgres(url.href);
  url.port = String(relay.port);
  const store = openPostgres(url.href, 500);
  const { generation } = await store.load();
  let calls = 0;
  await store.onWrite(() => {
    calls += 1;
  });
  relay.silence();
  const silent = 'store: cannot read: no answer within 0.5 seconds';
  const cutOff = store.generation();
  // Connections that are opened from now on are not silent.
  const others = setInterval(() => void store.generation().catch(() => undefined), 50);
  await expect(cutOff).rejects.toThrow(silent);
  clearInterval(others);
  await expect.poll(() => store.generation()).toBe(generation);
  await expect.poll(() => calls).toBe(2);
  const ledger = new Ledger(await other.load());
  ledger.putSetting('a', 'b');
  await ledger.save(other);
  await expect.poll(() => calls).toBe(3);
  expect(await store.generation()).toBe(generation + 1);
  await Promise.all([store.close(), other.close()]);
  relay.close();
});

test('a connection that is closed in the middle of a write fails that write and nothing else', async () => {
  const url = new URL(cluster.newDatabase());
  const relay = await startSilencer(Number(url.port));
  url.port = String(relay.port);
  const store = openPostgres(url.href);
  const { generation } = await store.load();
  const save = (value: string): Promise<unknown> =>
    store.save({ ...noChanges(), settings: new Map([['a', value]]) }, generation);
  // More often than there are connections.
  for (let turn = 1; turn <= 6; turn += 1) {
    relay.closeAt('insert into settings');
    await expect(save('lost')).rejects.toThrow(/^store: cannot write: /);
    expect(await Promise.all(Array.from({ length: 5 }, () => store.generation()))).toEqual(Array(5).fill(generation));
  }
  await save('kept');
  expect(await store.settings()).toEqual(new Map([['a', 'kept']]));
  await store.close();
  relay.close();
});

test('a connection that is lost while it is opened fails what waits for it and nothing else', async () => {
  const url = new URL(cluster.newDatabase());
  const relay = await startSilencer(Number(url.port));
  url.port = String(relay.port);
  const unheard: unknown[] = [];
  const note = (reason: unknown): void => void unheard.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  for (const sent of ['client_encoding', 'pg_catalog.pg_type', 'schema_version']) {
    const store = openPostgres(url.href);
    relay.resetAt(sent);
    await store.generation().catch(() => undefined);
    await expect.poll(() => store.generation().catch(() => undefined)).toBe(0);
    await store.close();
  }
  expect(unheard).toEqual([]);
  relay.close();
});

test('a connection that is lost under much that waits leaves none behind', async () => {
  const url = cluster.newDatabase();
  const [store, sql] = [openPostgres(url), postgres(url, { max: 1 })];
  const { generation } = await store.load();
  for (let turn = 1; turn <= 3; turn += 1) {
    let asked: Promise<unknown> | undefined;
    await sql.begin(async (transaction) => {
      await transaction`lock table generation`;
      // More than are sent before the first of them is answered.
      asked = Promise.allSettled(Array.from({ length: 200 }, () => store.generation()));
      const held = (): Promise<unknown> => transaction`select from pg_locks where not granted`;
      await expect.poll(held).toHaveLength(1);
      await transaction`select pg_terminate_backend(pid) from pg_locks where not granted`;
    });
    await asked;
    expect(await store.generation()).toBe(generation);
  }
  await store.close();
  const others = (): Promise<unknown> => sql`
    select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await expect.poll(others).toEqual([]);
  await sql.end();
});

test('as many keys as one statement takes can go', async () => {
  const store = openPostgres(cluster.newDatabase());
  const names = Array.from({ length: 1000 }, (_, n) => `name ${n}`);
  const save = (value: string | undefined, generation: number): Promise<unknown> =>
    store.save({ ...noChanges(), settings: new Map(names.map((name) => [name, value])) }, generation);
  await save('kept', 0);
  await save(undefined, 1);
  expect(await store.settings()).toEqual(new Map());
  await store.close();
});

test('a write that was left standing does not hold up who leads meanwhile', async () => {
  const url = new URL(cluster.newDatabase());
  const relay = await startSilencer(Number(url.port));
  const other = openPostgres(url.href, 20_000);
  url.port = String(relay.port);
  const store = openPostgres(url.href, 40_000);
  const { generation } = await store.load();
  const changes = { ...noChanges(), settings: new Map([['a', 'b']]) };
  relay.silenceAt('insert into settings');
  const failed = store.save(changes, generation).catch((error: Error) => error.message);
  await expect.poll(() => isWriting(url.href)).toBe(true);
  const leading = setInterval(() => void other.lead(), 1000);
  await other.save(changes, generation);
  clearInterval(leading);
  expect(await failed).toMatch(/^store: cannot write: /);
  await Promise.all([store.close(), other.close()]);
  relay.close();
});

test('what one writes is there when the others hear of it, however long the commit takes', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await first.load());
  const sql = postgres(url);
  await sql.unsafe(`
    create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.4); return null; end $$;
    create constraint trigger dawdle after insert on settings deferrable initially deferred
      for each row execute function dawdle();`);
  const found = new Promise<number>((resolve) => {
    let calls = 0;
    void second.onWrite(() => {
      calls += 1;
      // The first call says only that it listens.
      if (calls === 2) resolve(second.generation());
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  ledger.putSetting('a', 'b');
  await ledger.save(first);
  expect(await found).toBe(ledger.generation);
  await Promise.all([first.close(), second.close(), sql.end()]);
});

/** Whether somebody has begun to write and is waited for. */
async function isWriting(url: string): Promise<boolean> {
  const sql = postgres(url);
  const rows = await sql`
    select pid from pg_stat_activity
    where datname = current_database() and backend_xid is not null and wait_event = 'ClientRead'`;
  await sql.end();
  return rows.length > 0;
}

async function isSettled(store: Store, milliseconds: number): Promise<boolean> {
  const began = performance.now();
  const isOver = (): boolean => performance.now() > began + milliseconds;
  await store.outbox.settled(isOver);
  return !isOver();
}

test('nobody is told before all that serve show what there is to tell', async () => {
  const url = cluster.newDatabase();
  const [leader, slow, idle] = [openPostgres(url), openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await leader.load());
  await Promise.all([leader.show(0), slow.show(0), idle.load()]);
  expect(await isSettled(leader, 1000)).toBe(true);
  ledger.putSetting('a', 'b');
  await ledger.save(leader);
  await leader.show(1);
  expect(await isSettled(leader, 1000)).toBe(false);
  const waiting = isSettled(idle, 9000);
  await slow.show(1);
  expect(await waiting).toBe(true);
  expect(await isSettled(leader, 1000)).toBe(true);
  await Promise.all([leader.close(), slow.close(), idle.close()]);
});

test('who has gone, or was not heard of for long, is not waited for; a heartbeat keeps who lives', async () => {
  const url = cluster.newDatabase();
  const [leader, gone, dead] = [openPostgres(url), openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await leader.load());
  await Promise.all([leader, gone, dead].map((one) => one.show(0)));
  ledger.putSetting('a', 'b');
  await ledger.save(leader);
  await leader.show(1);
  await gone.close();
  expect(await isSettled(leader, 500)).toBe(false);
  const sql = postgres(url);
  await sql`update replicas set seen = seen - interval '31 seconds'`;
  expect(await isSettled(leader, 1000)).toBe(true);
  await dead.lead();
  expect(await isSettled(leader, 500)).toBe(false);
  await Promise.all([leader.close(), dead.close(), sql.end()]);
});

test('who is late is not waited for again before it shows what it was late with; others still are', {
  timeout: 60_000,
}, async () => {
  const url = cluster.newDatabase();
  const [leader, late, other] = [openPostgres(url), openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await leader.load());
  const publish = async (generation: number): Promise<void> => {
    ledger.putSetting('a', String(generation));
    await ledger.save(leader);
    await leader.show(generation);
  };
  await Promise.all([leader, late, other].map((one) => one.show(0)));
  await publish(1);
  await other.show(1);
  expect(await isSettled(leader, 30_000)).toBe(true);
  await publish(2);
  expect(await isSettled(leader, 500)).toBe(false);
  await other.show(2);
  expect(await isSettled(leader, 500)).toBe(true);
  await late.show(2);
  await publish(3);
  await other.show(3);
  expect(await isSettled(leader, 500)).toBe(false);
  await Promise.all([leader.close(), late.close(), other.close()]);
});

test('of two processes that ask at once, each notice is had by one', async () => {
  const url = cluster.newDatabase();
  const stores = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await stores[0]!.load());
  const topics = Array.from({ length: 60 }, (_, n) => `https://news.example.com/tags/${n}/rss.xml`);
  const times = { created: 1, due: 1 };
  ledger.putNotices(
    topics.map((topic) => ({ kind: 'websub', target: 'https://hub.example', topic, body: '', ...times })),
  );
  await ledger.save(stores[0]!);
  const had: string[] = [];
  const ask = async ({ outbox }: Store): Promise<void> => {
    while (had.length < topics.length) {
      const notice = await outbox.claim(2, 60_000);
      if (notice !== undefined) had.push(notice.topic);
    }
  };
  await Promise.all([...stores, ...stores, ...stores].map(ask));
  expect(had.toSorted()).toEqual(topics.toSorted());
  await Promise.all(stores.map((store) => store.close()));
});

test('what one process holds is not free to another whose clock is a minute ahead', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  const { generation } = await first.load();
  const notice = { kind: 'websub', target: 'https://hub.example', topic: 'https://news.example.com/rss.xml' } as const;
  await first.save({ ...noChanges(), notices: [{ ...notice, body: '', created: 1, due: 1 }] }, generation);
  expect(await first.outbox.claim(Date.now(), 40_000)).toMatchObject(notice);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await second.outbox.claim(Date.now(), 40_000)).toBeUndefined();
  expect(await second.outbox.nextDue()).toBeGreaterThan(Date.now());
  await Promise.all([first.close(), second.close()]);
});

test('a database that is away is said to be, and works again when it is back', async () => {
  const store = openPostgres(cluster.newDatabase());
  await store.load();
  cluster.stop();
  await expect(store.settings()).rejects.toThrow(/^store: cannot read: /);
  cluster.start();
  expect(await store.generation()).toBe(0);
  await store.close();
});

test('who asked in vain to be told of writes, again and again, is told of each once', async () => {
  const url = cluster.newDatabase();
  const [store, other] = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await other.load());
  let calls = 0;
  const listen = (): Promise<boolean> =>
    store
      .onWrite(() => {
        calls += 1;
      })
      .then(
        () => true,
        () => false,
      );
  cluster.stop();
  for (let n = 0; n < 4; n += 1) expect(await listen()).toBe(false);
  cluster.start();
  await expect.poll(listen).toBe(true);
  // The first is for what was written before.
  await expect.poll(() => calls).toBe(1);
  ledger.putSetting('a', 'b');
  await ledger.save(other);
  await expect.poll(() => calls).toBeGreaterThan(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(calls).toBe(2);
  await Promise.all([store.close(), other.close()]);
});

test('a database that refuses who listens is not asked without a pause', async () => {
  const url = new URL(cluster.newDatabase());
  const owner = openPostgres(url.href);
  await owner.load();
  const sql = postgres(url.href);
  await sql`create role visitor login`;
  await sql`grant select on all tables in schema public to visitor`;
  const relay = await startSilencer(Number(url.port));
  url.username = 'visitor';
  url.port = String(relay.port);
  const store = openPostgres(url.href);
  let calls = 0;
  await store.onWrite(() => {
    calls += 1;
  });
  await sql`alter role visitor nologin`;
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'visitor'`;
  const before = relay.accepted();
  await new Promise((resolve) => setTimeout(resolve, 4000));
  expect(relay.accepted() - before).toBeLessThan(20);
  await sql`alter role visitor login`;
  await expect.poll(() => calls, { timeout: 10_000 }).toBe(2);
  await Promise.all([store.close(), owner.close(), sql.end()]);
  relay.close();
});

test('of several hosts the first that answers is taken, also when another has gone', async () => {
  const url = cluster.newDatabase();
  const host = new URL(url).host;
  const relay = await startSilencer(Number(new URL(url).port));
  const store = openPostgres(url.replace(host, `127.0.0.1:9,127.0.0.1:${relay.port},${host}`));
  let calls = 0;
  expect(await store.generation()).toBe(0);
  await store.onWrite(() => {
    calls += 1;
  });
  relay.close();
  await expect.poll(() => store.generation().catch(() => undefined)).toBe(0);
  await expect.poll(() => calls).toBeGreaterThan(1);
  await store.close();
});

test('of several hosts the one that can be written is taken, and a standby is read until it is promoted', async () => {
  const url = cluster.newDatabase();
  const own = new URL(url).host;
  const first = openPostgres(url);
  const ledger = new Ledger(await first.load());
  ledger.putSetting('a', 'b');
  await ledger.save(first);
  await first.close();
  const standby = cluster.addStandby();
  onTestFinished(standby.remove);
  const reader = openPostgres(url.replace(own, standby.at));
  const writer = openPostgres(`${url.replace(own, `${standby.at},${own}`)}?target_session_attrs=read-write`);
  let calls = 0;
  expect([await reader.lead(), await writer.lead()]).toEqual([false, true]);
  await writer.onWrite(() => {
    calls += 1;
  });
  await expect.poll(async () => (await reader.settings()).get('a')).toBe('b');
  cluster.stop();
  onTestFinished(cluster.start);
  const refusal = (): Promise<unknown> => writer.lead().catch((error: Error) => error.message);
  await expect.poll(refusal).toContain('is not read-write');
  calls = 0;
  standby.promote();
  await expect.poll(() => reader.lead().catch(() => false), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => writer.generation().catch(() => undefined)).toBe(ledger.generation);
  await expect.poll(() => calls, { timeout: 10_000 }).toBeGreaterThan(0);
  const heard = calls;
  await reader.wakeOthers();
  await expect.poll(() => calls).toBeGreaterThan(heard);
  await Promise.all([reader.close(), writer.close()]);
}, 60_000);

test('a database that was read-only for a while is written again by who has asked meanwhile', async () => {
  const url = cluster.newDatabase();
  const sql = postgres(url);
  const name = new URL(url).pathname.slice(1);
  const readOnly = (setting: string): Promise<unknown> =>
    sql.unsafe(
      `set default_transaction_read_only = off; alter database ${name} set default_transaction_read_only = ${setting}`,
    );
  const before = openPostgres(url);
  await before.load();
  await before.close();
  await readOnly('on');
  const store = openPostgres(url);
  const ledger = new Ledger(await store.load());
  ledger.putSetting('a', 'b');
  await expect(store.lead()).rejects.toThrow('read-only');
  await expect(ledger.save(store)).rejects.toThrow('read-only');
  await readOnly('off');
  await sql.end();
  await expect(store.lead()).resolves.toBe(true);
  await expect(ledger.save(store)).resolves.not.toThrow();
  await store.close();
});

test('several hosts that are all away are said to be', async () => {
  const store = openPostgres('postgres://postgres@127.0.0.1:9,[::1]:9/linecaster');
  await expect(store.generation()).rejects.toThrow(/^store: cannot read: .*127\.0\.0\.1:9; .*::1/);
  await store.close();
});

test('a host may be an address of IPv6', async () => {
  const url = cluster.newDatabase().replace('127.0.0.1', '[::1]');
  const store = openPostgres(url);
  expect(await store.generation()).toBe(0);
  await store.close();
});

test('a URL is understood as psql and pg_dump do, with its files for TLS', async () => {
  const url = cluster.newDatabase();
  const sql = postgres(url);
  const [server] = await sql`
    select current_setting('data_directory') as folder, current_setting('unix_socket_directories') as socket`;
  const { folder, socket } = server!;
  const [, port, database] = /:(\d+)\/(.*)/.exec(url)!;
  // No row: a command that reads none would end before it is written.
  const run = (command: string): Promise<unknown> => sql.unsafe(`copy (select where false) to program '${command}'`);
  const certify = async (name: string, subject: string, ...more: readonly string[]): Promise<void> => {
    const options = `-new -x509 -nodes -days 9 -subj /CN=${subject} -keyout ${name}.key -out ${name}.crt`;
    const command = [`openssl req ${options} ${more.join(' ')} 2>/dev/null`, `chmod 600 ${name}.key`].join(' && ');
    await run(command);
  };
  await certify('server', 'db.example', '-addext subjectAltName=IP:127.0.0.1');
  await certify('other', 'db.example');
  await certify('client', 'postgres');
  const rule = `hostssl ${database} all 127.0.0.1/32 cert`;
  await run(`echo "${rule}" | cat - pg_hba.conf > hba && mv hba pg_hba.conf`);
  await sql`alter system set ssl_ca_file = 'client.crt'`;
  await sql`alter system set ssl = on`;
  await sql`select pg_reload_conf()`;
  const open = async (address: string, query: string): Promise<number> => {
    const store = openPostgres(readConfig({ STORE_URL: `postgres://${address}?${query}` }).STORE_URL);
    return store.generation().finally(() => store.close());
  };
  const own = `sslcert=${folder}/client.crt&sslkey=${folder}/client.key`;
  const byName = url.slice('postgres://'.length);
  const libpq = 'channel_binding=prefer&keepalives=1&gssencmode=disable&application_name=paper';
  await expect(open(byName, `sslmode=require&${libpq}`)).rejects.toThrow('requires a valid client certificate');
  await expect(open(byName, `sslmode=require&${own}&${libpq}`)).resolves.toBe(0);
  await expect(open(byName, `${own}&sslmode=verify-full&sslrootcert=${folder}/server.crt`)).resolves.toBe(0);
  await expect(open(byName, `${own}&sslmode=verify-ca&sslrootcert=${folder}/other.crt`)).rejects.toThrow('self-signed');
  await expect(open(byName, `${own}&sslmode=require&sslrootcert=${folder}/other.crt`)).rejects.toThrow('self-signed');
  await expect(open(byName, `${own}&sslmode=verify-full`)).rejects.toThrow('self-signed');
  await expect(open(byName, `${own}&sslrootcert=/no/such.pem`)).rejects.toThrow(/^store: .*\/no\/such\.pem/);
  await expect(open(`postgres@/${database}`, `host=${socket}&port=${port}`)).resolves.toBe(0);
  await expect(open(`postgres@${encodeURIComponent(socket)}:${port}/${database}`, '')).resolves.toBe(0);
  // Whoever can open a socket is on the same machine, where TLS has nothing to hide.
  await expect(open(`postgres@/${database}`, `host=${socket}&port=${port}&sslmode=require`)).resolves.toBe(0);
  await expect(open(`postgres@/${database}`, `host=/no/such,${socket}&port=${port}`)).resolves.toBe(0);
  await sql`alter system set ssl = off`;
  await run('echo "host all lodger 127.0.0.1/32 password" > hba');
  await run('cat pg_hba.conf | grep -v ^hostssl >> hba; mv hba pg_hba.conf');
  await sql`select pg_reload_conf()`;
  await sql`create role lodger superuser login password 'a +&b+c'`;
  const byQuery = `dbname=${database}&user=lodger&password=a%20%2B%26b+c`;
  await expect(open(`127.0.0.1:${port}/`, byQuery)).resolves.toBe(0);
  await expect(open(`127.0.0.1:${port}/`, byQuery.slice(0, -1))).rejects.toThrow('password authentication failed');
  await expect(open(byName, 'sslmode=allow&target_session_attrs=any')).resolves.toBe(0);
  vi.stubEnv('PGSSLROOTCERT', `${folder}/server.crt`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(open(byName, '')).resolves.toBe(0);
  await sql.end();
});

test('files for TLS that the environment names for others ask for no TLS', async () => {
  const store = openPostgres(cluster.newDatabase());
  for (const name of ['PGSSLROOTCERT', 'PGSSLCERT', 'PGSSLKEY']) vi.stubEnv(name, '/no/such.pem');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(store.generation()).resolves.toBe(0);
  await store.close();
});

test('a database that has not all letters is refused at the first start, and not at the first of them', async () => {
  const sql = postgres(cluster.newDatabase());
  const urlOf = async (encoding: string): Promise<string> => {
    const name = `in_${encoding.toLowerCase()}`;
    await sql.unsafe(`create database ${name} encoding '${encoding}' locale 'C' template template0`);
    return Object.assign(new URL(cluster.newDatabase()), { pathname: name }).href;
  };
  const [latin, ascii] = [openPostgres(await urlOf('LATIN1')), openPostgres(await urlOf('SQL_ASCII'))];
  await expect(latin.load()).rejects.toThrow(
    /^store: .*expected a database of the encoding UTF8, found LATIN1: .*createdb/,
  );
  await ascii.save({ ...noChanges(), settings: new Map([['a', '日本 😀']]) }, 0);
  expect((await ascii.settings()).get('a')).toBe('日本 😀');
  await Promise.all([latin.close(), ascii.close(), sql.end()]);
});

test('who gets one connection and no other reads by it, and goes on when there are more', async () => {
  const url = new URL(cluster.newDatabase());
  const [owner, sql] = [openPostgres(url.href), postgres(url.href)];
  await owner.load();
  await sql`create role guest login connection limit 1`;
  await sql`grant select, insert, update, delete on all tables in schema public to guest`;
  url.username = 'guest';
  const store = openPostgres(url.href);
  const readAtOnce = (): Promise<readonly number[]> =>
    Promise.all(Array.from({ length: 20 }, () => store.generation()));
  for (let turn = 1; turn <= 3; turn += 1) {
    expect(await readAtOnce()).toEqual(Array.from({ length: 20 }, () => 0));
    await expect(store.lead()).rejects.toThrow(/^store: .*too many connections/);
  }
  await sql`alter role guest connection limit 3`;
  expect(await store.lead()).toBe(true);
  await store.save({ ...noChanges(), settings: new Map([['a', 'b']]) }, 0);
  expect(await store.generation()).toBe(1);
  await Promise.all([store.close(), owner.close(), sql.end()]);
});

test('a role that may not make tables uses those that are there', async () => {
  const url = new URL(cluster.newDatabase());
  const [owner, sql] = [openPostgres(url.href), postgres(url.href)];
  await owner.load();
  await sql`create role writer login`;
  await sql`grant select, insert, update, delete on all tables in schema public to writer`;
  url.username = 'writer';
  const store = openPostgres(url.href);
  const { generation } = await store.load();
  await store.save({ ...noChanges(), settings: new Map([['a', 'b']]) }, generation);
  expect(await owner.settings()).toEqual(new Map([['a', 'b']]));
  await sql`update schema_version set version = 999`;
  const late = openPostgres(url.href);
  await expect(late.load()).rejects.toThrow(/written by a newer Linecaster: expected schema \d+ or older, found 999/);
  await Promise.all([late.close(), store.close(), owner.close(), sql.end()]);
});

test('what a database holds that may only be read is served by who starts', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  desk.write({ 'publication.yaml': 'title: Paper\n', 'one.md': '# One\n\nText.\n' });
  await desk.refresh();
  const sql = postgres(desk.storeUrl);
  await sql`alter database ${sql(new URL(desk.storeUrl).pathname.slice(1))} set default_transaction_read_only = on`;
  await desk.restart();
  await desk.restore();
  expect(desk.titles()).toEqual(['One']);
  await expect(desk.refresh()).rejects.toThrow(/^store: cannot ask who leads: .*read-only/);
  await Promise.all([desk.restart(), sql.end()]);
});

test('replicas of the version before, which store the text of an article too, go on while they are replaced', async () => {
  const url = cluster.newDatabase();
  const [store, sql] = [openPostgres(url), postgres(url)];
  try {
    const { generation } = await store.load();
    await store.save({ ...noChanges(), texts: new Map([['new', { html: '<p>New</p>' as Html }]]) }, generation);
    await sql`insert into texts (entry, html, text) values ('old', '<p>Old</p>', 'Old')`;
    const texts = await sql`select entry, html, text from texts order by entry`;
    expect(texts.map((row) => ({ ...row }))).toEqual([
      { entry: 'new', html: '<p>New</p>', text: '' },
      { entry: 'old', html: '<p>Old</p>', text: 'Old' },
    ]);
    expect((await store.texts(['new', 'old'])).get('old')).toEqual({ html: '<p>Old</p>' });
  } finally {
    await sql.end();
    await store.close();
  }
});

test('a database of which all tables are published for replication is written, and brought up to date', async () => {
  const url = cluster.newDatabase();
  const [store, sql] = [openPostgres(url), postgres(url, { onnotice: () => undefined })];
  await sql`create publication everything for all tables`;
  const { generation } = await store.load();
  expect(await store.lead()).toBe(true);
  await store.save({ ...noChanges(), settings: new Map([['a', 'b']]) }, generation);
  await sql`update schema_version set version = version - 1`;
  const later = openPostgres(url);
  expect((await later.settings()).get('a')).toBe('b');
  await Promise.all([store.close(), later.close(), sql.end()]);
});

test('the longest names that a file may have can be kept', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  // Bytes that cannot be compressed.
  const noise = (bytes: number): string => randomBytes(bytes).toString('base64url').slice(0, bytes);
  const folders = Array.from({ length: 12 }, () => noise(200)).join('/');
  desk.write({
    'publication.yaml': 'title: Paper\n',
    'guid.md': `---\nguid: "urn:x:${noise(2594)}"\n---\n# Guid\n\nText.\n`,
    'permalink.md': `---\npermalink: /${noise(2599)}\n---\n# Permalink\n\nText.\n`,
    'slug.md': `---\nslug: ${noise(2600)}\n---\n# Slug\n\nText.\n`,
    [`${folders}/${noise(185)}.md`]: '# Path\n\nText.\n',
  });
  await desk.refresh();
  expect(desk.titles().toSorted()).toEqual(['Guid', 'Path', 'Permalink', 'Slug']);
  await desk.restart();
});

test('what is put in order is so by its bytes, whatever the language of the database', async () => {
  const url = new URL(cluster.newDatabase());
  const sql = postgres(url.href);
  url.pathname += '_english';
  await sql`
    create database ${sql(url.pathname.slice(1))} template template0 locale_provider icu icu_locale 'en-US'`;
  const desk = new Desk({ storeUrl: url.href });
  desk.write({ 'publication.yaml': 'title: Paper\n' });
  for (const name of ['a', 'B', 'é', 'f']) {
    desk.write({ [`${name}.md`]: `---\nguid: tag:example.com,2026:${name}\ndate: 2026-02-01\n---\n# ${name}\n` });
  }
  await desk.refresh();
  const live = await desk.store.live({ order: 'oldest first' });
  expect(live.map(({ title }) => title)).toEqual(['B', 'a', 'f', 'é']);
  expect((await desk.store.live({ order: 'oldest first', after: live[0]! })).map(({ title }) => title)).toEqual([
    'a',
    'f',
    'é',
  ]);
  const files = await desk.store.files({ limit: 9 });
  expect(files.map(({ path }) => path)).toEqual(['B.md', 'a.md', 'f.md', 'é.md']);
  await Promise.all([desk.restart(), sql.end()]);
});

test('a process that catches up knows what one knows that reads everything', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  desk.write({
    'publication.yaml': 'title: Paper\n',
    'sea/one.md': '---\ntitle: One\ntags: [Sea, Boats]\nauthor: Ada\n---\nText with ![a boat](boat.png).\n',
    'sea/boat.png': 'no picture',
    'two.md': '# Two\n\nText of two.\n',
    'headlines.txt': 'Harbour opens its new pier\nFerry to the island runs again\n',
  });
  await desk.refresh();
  const follower = openPostgres(desk.storeUrl);
  const ledger = new Ledger(await follower.load());
  const edits: readonly (() => void)[] = [
    () => desk.write({ 'two.md': '# Two\n\nText of two, edited.\n', 'three.md': '# Three\n\nNew.\n' }),
    () => desk.write({ 'headlines.txt': 'Harbour opens its newest pier\nBrass band plays on the quay\n' }),
    () => desk.move('sea/one.md', 'lake/first.md'),
    () => desk.remove('three.md', 'sea/boat.png'),
    () => desk.write({ 'publication.yaml': 'title: Paper\nhubs: [https://hub.example.com/]\n' }),
    () => desk.write({ 'lake/first.md': '---\ntitle: One\npermalink: /first/\ntags: Lakes\n---\nText.\n' }),
    () => desk.write({ 'publication.yaml': 'title: Journal\nfeeds: { tags/lochs: { was: tags/lakes } }\n' }),
    () => desk.remove('headlines.txt'),
  ];
  for (const edit of edits) {
    edit();
    await desk.refresh(5);
    await desk.refresh(5);
    expect(await catchUp(ledger, follower)).not.toBe(undefined);
    expect(dump(ledger)).toEqual(dump(new Ledger(await follower.load())));
  }
  await Promise.all([desk.restart(), follower.close()]);
});

test('a date that passed from one entry to another is taken for who catches up', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  const write = (file: string, updated: string): void =>
    desk.write({ [file]: `---\ntitle: ${file}\ndate: 2026-01-01\nupdated: ${updated}\n---\nText of ${updated}.\n` });
  write('a.md', '2026-01-10T00:00:00Z');
  write('b.md', '2026-01-11T00:00:00Z');
  await desk.refresh();
  const follower = openPostgres(desk.storeUrl);
  const ledger = new Ledger(await follower.load());
  for (const [file, updated] of [
    ['b.md', '2026-01-12T00:00:00Z'],
    ['a.md', '2026-01-11T00:00:00Z'],
    ['b.md', '2026-01-13T00:00:00Z'],
  ] as const) {
    write(file, updated);
    await desk.refresh();
  }
  await catchUp(ledger, follower);
  expect(ledger.isUpdatedTaken(Date.UTC(2026, 0, 11))).toBe(true);
  await Promise.all([desk.restart(), follower.close()]);
});

test('what an edition is made of is there also for who leads not, and would say something else', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  desk.write({ 'a.md': '# A\n\nText.\n' });
  await desk.refresh();
  const store = openPostgres(desk.storeUrl);
  const config = { DATA_DIR: desk.dir, PUBLIC_URL: 'https://other.example.com', REFRESH_CRON: '*/5 * * * *' };
  const other = new Pipeline(config, store, { clock: () => desk.now });
  for (const turn of [1, 2]) {
    await other.refresh();
    expect([turn, other.sources().site.publicUrl]).toEqual([turn, 'https://other.example.com']);
  }
  await Promise.all([desk.restart(), store.close()]);
});

test('who was away for too long, or has missed an import, has to read everything', async () => {
  const url = cluster.newDatabase();
  const [store, follower] = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await store.load());
  const late = new Ledger(await follower.load());
  const write = async (names: number): Promise<void> => {
    for (let n = 0; n < names; n += 1) ledger.putSetting(`setting ${n}`, String(ledger.generation));
    await ledger.save(store);
  };
  for (let writes = 0; writes < 200; writes += 1) await write(1);
  expect(await catchUp(late, follower)).toEqual(new Set());
  expect(late.settings.get('setting 0')).toBe(String(ledger.generation - 1));
  for (let writes = 0; writes < 201; writes += 1) await write(1);
  expect(await catchUp(late, follower)).toBe(undefined);
  const later = new Ledger(await follower.load());
  await write(5001);
  expect(await catchUp(later, follower)).toBe(undefined);
  await Promise.all([store.close(), follower.close()]);
});

/** All that a ledger says, in an order of its own. */
function dump(ledger: Ledger): unknown {
  const sorted = (all: Iterable<readonly [string, unknown]>): unknown => [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = [...ledger.entries.values()];
  return {
    generation: ledger.generation,
    settings: sorted(ledger.settings),
    files: sorted([...ledger.files.values()].map((file) => [file.path, file])),
    lists: sorted(ledger.lists),
    entries: sorted(entries.map((entry) => [entry.id, entry])),
    places: sorted(entries.map(({ id }) => [id, sorted(ledger.places.of(id).map((place) => [place.feed, place]))])),
    byPath: entries.map(({ path, id }) => [id, ledger.byPath(path)?.id]).sort(),
    feeds: sorted(ledger.feeds),
    documents: sorted(ledger.documents),
    aliases: sorted(ledger.aliases),
    terms: entries.flatMap(({ tags }) => tags.map((tag) => [tag, ledger.term('tags', tag)])).sort(),
    live: [ledger.live.count('article'), ledger.live.count('headline'), [...ledger.live.media()].sort()],
    gone: ledger
      .goneEntries()
      .map(({ id }) => id)
      .sort(),
    timed: ledger
      .timedEntries()
      .map(({ id }) => id)
      .sort(),
  };
}

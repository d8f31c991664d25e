import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '../src/config.ts';
import { openPageDesk, type PageDesk } from '../src/edition/page-desk.ts';
import type { PlainResource } from '../src/edition/resource.ts';
import { StoredDocuments } from '../src/edition/stored-documents.ts';
import { readTerms } from '../src/edition/stored-pages.ts';
import { storedSite } from '../src/feeds/site.ts';
import { toInstant } from '../src/lib/instant.ts';
import type { Outcome, RefreshOptions } from '../src/orders.ts';
import { Pipeline, type PipelineConfig } from '../src/refresh.ts';
import { ttlOf } from '../src/schedule.ts';
import { openStore } from '../src/store/open.ts';
import { decodePath } from '../src/store/paths.ts';
import type { Store } from '../src/store/store.ts';

const folders: string[] = [];
const servers: ChildProcess[] = [];
process.once('exit', () => {
  for (const server of servers) server.kill('SIGKILL');
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

// A worker of Vitest is ended by this, and would end without the event above.
if (process.env.VITEST !== undefined) process.once('SIGTERM', () => process.exit(143));

/** A new folder that goes when the test process ends. */
export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'linecaster-'));
  folders.push(dir);
  return dir;
}

/** Writes files below `dir`, making folders as needed. */
export function write(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** One item of a JSON Feed document, as far as tests look at it. */
export type Item = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html?: string;
  readonly content_text?: string;
  readonly summary?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly tags?: readonly string[];
};

/** A publication without a server: a data folder, a store, a clock, and the documents as they are now. */
export class Desk {
  readonly dir: string;
  readonly storeUrl: string;
  readonly documents: Map<
    string,
    { readonly text: string; readonly etag: string; readonly version: number | undefined }
  > = new Map();
  /** Milliseconds since 1970. */
  now: number = Date.UTC(2026, 1, 8, 12);
  readonly #config: PipelineConfig;
  #pipeline: Pipeline | undefined;
  #store: Store | undefined;
  #pages: PageDesk | undefined;
  readonly #made = new StoredDocuments();

  constructor(options: Partial<PipelineConfig> & { readonly storeUrl?: string } = {}) {
    const { storeUrl, ...config } = options;
    this.dir = config.DATA_DIR ?? newFolder();
    this.storeUrl = storeUrl ?? `sqlite:${join(newFolder(), 'store.db')}`;
    this.#config = {
      DATA_DIR: this.dir,
      PUBLIC_URL: 'https://news.example.com',
      REFRESH_CRON: '*/5 * * * *',
      ...config,
    };
  }

  /** Where readers are told that the publication is. */
  get publicUrl(): string {
    return this.#config.PUBLIC_URL;
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    write(this.dir, files);
  }

  remove(...paths: readonly string[]): void {
    for (const path of paths) rmSync(join(this.dir, path), { recursive: true });
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(join(this.dir, to)), { recursive: true });
    renameSync(join(this.dir, from), join(this.dir, to));
  }

  /** Refreshes one minute later than the last time, or after `seconds`. */
  async refresh(seconds = 60, options: RefreshOptions = {}): Promise<Outcome> {
    this.now += seconds * 1000;
    return this.#keep((await this.#open().refresh(options))!);
  }

  /**
   * What is answered at a path that the edition does not hold, or for a further page of a document: `200`, `410`,
   * `301 /to`, or `404`; and for a page its text.
   */
  async answer(path: string, page = 1): Promise<{ readonly status: string; readonly text: string }> {
    this.#pages ??= openPageDesk({ ...this.#config, STORE_URL: this.storeUrl } as Config);
    this.#pages.clear();
    const found = await this.#pages.find(path, page);
    if (found === undefined) return { status: '404', text: '' };
    if (found.resource === undefined) return { status: `301 ${found.path}`, text: '' };
    return { status: String(found.resource.status), text: new TextDecoder().decode(found.resource.identity) };
  }

  /** The store, for what no document says. */
  get store(): Store {
    this.#store ??= openStore(this.storeUrl);
    return this.#store;
  }

  /** Makes the edition from the store alone. */
  async restore(): Promise<Outcome | undefined> {
    const outcome = await this.#open().restore();
    return outcome === undefined ? undefined : this.#keep(outcome);
  }

  /** Ends the process, as it were: the next call opens the store anew. */
  async restart(): Promise<void> {
    await this.#pages?.close();
    await this.#store?.close();
    this.#pages = undefined;
    this.#store = undefined;
    this.#pipeline = undefined;
    this.documents.clear();
  }

  text(path: string): string {
    const document = this.documents.get(path);
    if (document === undefined) throw new Error(`no document at ${path}: ${[...this.documents.keys()].join(' ')}`);
    return document.text;
  }

  items(path = '/feed.json'): readonly Item[] {
    return (JSON.parse(this.text(path)) as { items: Item[] }).items;
  }

  /** The one item with this title. */
  item(title: string, path = '/feed.json'): Item {
    const found = this.items(path).filter((one) => one.title === title);
    if (found.length !== 1)
      throw new Error(`${found.length} items are called ${title}: ${this.titles(path).join(' | ')}`);
    return found[0]!;
  }

  /** From title to id, newest first. */
  ids(path = '/feed.json'): Readonly<Record<string, string>> {
    return Object.fromEntries(this.items(path).map(({ title, id }) => [title, id]));
  }

  titles(path = '/feed.json'): readonly string[] {
    return this.items(path).map(({ title }) => title);
  }

  #open(): Pipeline {
    this.#pipeline ??= new Pipeline(this.#config, this.store, { clock: () => this.now });
    return this.#pipeline;
  }

  async #keep(outcome: Outcome): Promise<Outcome> {
    if (outcome.change.whole) this.documents.clear();
    for (const path of outcome.change.drop) this.documents.delete(path);
    for (const { path, identity, etag, version } of outcome.change.put) {
      this.documents.set(path, { text: new TextDecoder().decode(identity), etag, version });
    }
    for (const { path } of outcome.change.stamps) {
      const { identity, etag, version } = (await this.#document(decodePath(path)!))!;
      this.documents.set(path, { text: new TextDecoder().decode(identity), etag, version });
    }
    return outcome;
  }

  /** A document that is made when it is asked for. */
  async #document(path: string): Promise<PlainResource | undefined> {
    const address = { publicUrl: this.#config.PUBLIC_URL, ttl: ttlOf(this.#config.REFRESH_CRON) };
    const site = storedSite(await this.store.settings(), address)!;
    const terms = await readTerms(this.store);
    return this.#made.find({ store: this.store, site, terms }, path, toInstant(this.now));
  }
}

/** A desk that has published these files. */
export async function published(files: Readonly<Record<string, string>>): Promise<Desk> {
  const desk = new Desk();
  desk.write(files);
  await desk.refresh();
  return desk;
}

/** A real server process on a free port of the loopback interface. */
export type ServerProcess = {
  readonly origin: string;
  readonly log: string[];
  readonly process: ChildProcess;
  /** SIGTERM, and the exit code. */
  readonly stop: () => Promise<number | null>;
};

/** Starts `linecaster serve`, in the folder `cwd` if it is given; resolves when it has greeted. */
export function startServer(env: NodeJS.ProcessEnv, cwd?: string): Promise<ServerProcess> {
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', STORE_URL: `sqlite:${newFolder()}/store.db`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  servers.push(child);
  const log: string[] = [];
  const stop = (): Promise<number | null> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${log.join('\n')}`)));
    // A pipe of its own: a server that outlives a failed test must not hold the terminal of whoever runs it.
    child.stderr!.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      log.push(line);
      const { port } = JSON.parse(line) as { port?: number };
      if (port !== undefined) resolve({ origin: `http://127.0.0.1:${port}`, log, process: child, stop });
    });
  });
}

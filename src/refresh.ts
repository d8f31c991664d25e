import { takeAuthors } from './authors.ts';
import type { Config } from './config.ts';
import { Press } from './edition/press.ts';
import { catchUp } from './feeds/catch-up.ts';
import { mendPlaces } from './feeds/mend-places.ts';
import { assignPlaces } from './feeds/places.ts';
import { type Site, type SiteAddress, storedAddress, storedSite } from './feeds/site.ts';
import { type Instant, toInstant } from './lib/instant.ts';
import { startLaps } from './lib/laps.ts';
import type { Problem } from './lib/problem.ts';
import type { Outcome, RefreshOptions } from './orders.ts';
import { newsOf, targetsOf, toNotices } from './push/announce.ts';
import { ttlOf } from './schedule.ts';
import { adviceOn, takePictures, takeSettings } from './settings.ts';
import { type Folder, walk } from './source/folder.ts';
import { warnOfForeign } from './source/foreign-texts.ts';
import { noteProblems, standingProblems } from './store/file-problems.ts';
import { laterThanLast } from './store/later-than-last.ts';
import { Ledger } from './store/ledger.ts';
import { lookAt } from './store/look-at.ts';
import { affectedEntries, reconcile } from './store/reconcile.ts';
import { recoveredSetting } from './store/recovered-setting.ts';
import type { Store } from './store/store.ts';
import { survey } from './store/survey.ts';

/** The settings that decide what is published. */
export type PipelineConfig = Pick<Config, 'DATA_DIR' | 'PUBLIC_URL' | 'REFRESH_CRON'>;

export type PipelineOptions = {
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Called with every file that was read. */
  readonly onProgress?: (done: number, all: number) => void;
  /** When it is aborted a refresh that has not yet begun to write is given up: it rejects with the reason. */
  readonly signal?: AbortSignal;
};

/** `folder` is what the last walk found beside the files, `written` the time of what was stored last. */
type PipelineState = {
  readonly ledger: Ledger;
  readonly press: Press;
  folder?: Omit<Folder, 'files'>;
  written?: Instant;
};

/** How often an edition is made of the store while others go on writing. */
const restoreTurns = 5;

/** From the data folder to the next edition, and from the store alone to the first one. */
export class Pipeline {
  readonly #config: PipelineConfig;
  readonly #clock: () => number;
  readonly #onProgress: (done: number, all: number) => void;
  readonly #throwIfAborted: () => void;
  readonly #address: SiteAddress;
  readonly #store: Store;
  #state: PipelineState | undefined;
  /** Files that were missing when all was allowed: they count as gone only when they still are a moment later. */
  #allowed: ReadonlySet<string> = new Set();

  constructor(config: PipelineConfig, store: Store, options: PipelineOptions = {}) {
    this.#config = config;
    this.#clock = options.clock ?? Date.now;
    const { signal, onProgress } = options;
    this.#throwIfAborted = () => signal?.throwIfAborted();
    this.#onProgress = (done, all) => {
      this.#throwIfAborted();
      onProgress?.(done, all);
    };
    this.#address = { publicUrl: config.PUBLIC_URL, ttl: ttlOf(config.REFRESH_CRON) };
    this.#store = store;
  }

  /** The edition that the store holds, without a look at the data folder; undefined when nothing was ever published. */
  async restore(): Promise<Outcome | undefined> {
    for (let turn = 1; turn <= restoreTurns; turn += 1) {
      const restored = await this.#guarded((state, touched) => this.#print(state, touched));
      if (restored !== 'overtaken') return restored;
      this.#state = undefined;
    }
    throw new Error('store: cannot read: other processes write faster than this one reads');
  }

  /**
   * Looks at the data folder, keeps what changed and prints the next edition. Rejects without any change; with a
   * Refusal when it would take too much away, unless `allowsAll`. While another process leads, gives what that one
   * has stored; undefined when that is nothing.
   */
  async refresh({ allowsAll = false, changed }: RefreshOptions = {}): Promise<Outcome | undefined> {
    if (!(await this.#store.lead())) return this.#follow();
    const stages = startLaps();
    return this.#guarded(async (state, overtaken) => {
      const { ledger, press } = state;
      stages.end('load');
      const now = await laterThanLast(ledger, state.written, this.#clock);
      stages.end('wait');
      const dir = this.#config.DATA_DIR;
      const glanced = changed && lookAt(ledger, state.folder, dir, changed);
      const folder = glanced === undefined ? await this.#walk(dir) : { ...state.folder!, ...glanced };
      stages.end('walk');
      const misread = glanced === undefined ? await takeAuthors(ledger, dir, folder.files, now) : [];
      const problems = [...folder.problems, ...misread];
      const { foreign, hasLinks } = folder;
      state.folder = { settings: folder.settings, problems, foreign, hasLinks };
      const settings = await takeSettings(ledger, dir, folder.settings, this.#address, allowsAll);
      const { publication, publicationId, publicUrl } = settings.site;
      const seen = await survey(ledger, dir, folder, settings.site, now, this.#onProgress);
      stages.end('read');
      try {
        const site = takePictures(ledger, settings.site, this.#address, now);
        const allowed = allowsAll ? seen.missing : this.#allowed.intersection(seen.missing);
        const drafts = { now, publication, publicationId, publicUrl, ...seen, allowsAll, allowed };
        const texts = await this.#store.texts(affectedEntries(ledger, drafts));
        noteProblems(ledger, reconcile(ledger, { ...drafts, texts }));
        stages.end('reconcile');

        if (ledger.settings.has(recoveredSetting)) mendPlaces(ledger);
        ledger.dropSetting(recoveredSetting);
        const touched = assignPlaces(ledger, site, now).union(overtaken);
        const printing = await press.print(ledger, site, touched, now);
        stages.end('print');
        this.#throwIfAborted();
        ledger.putNotices(toNotices(site, newsOf(ledger, site, printing.news), now));
        ledger.putTargets(targetsOf(site));
        if (ledger.isChanged()) state.written = now;
        await ledger.save(this.#store);
        stages.end('save');
        this.#allowed = allowed.difference(new Set(seen.gone));
        const due = [printing.change.facts.nextDue, seen.lookAgainAt];
        const nextDue = Math.min(...due.filter((at) => at !== undefined));
        return {
          change: printing.change,
          problems: [
            ...problems,
            ...settings.problems,
            // What an article refers to is something to fetch, and no article.
            ...warnOfForeign(foreign.filter((path) => ledger.entriesReferringTo([path]).length === 0)),
            ...standingProblems(ledger),
            ...printing.problems,
          ],
          read: seen.updates.length,
          advice: adviceOn(site),
          drafts: seen.updates.flatMap(({ file, article }) =>
            article?.draft.draft === true ? [`${file}: ${article.content.title}`] : [],
          ),
          milliseconds: stages.sum(),
          stages: stages.laps,
          generation: ledger.generation,
          ...(Number.isFinite(nextDue) ? { nextDue } : {}),
        };
      } finally {
        await seen.close();
      }
    });
  }

  /** What the last edition was made of, and the feeds that are answered for. */
  sources(): { readonly ledger: Ledger; readonly site: Site; readonly feeds: readonly string[] } {
    const { ledger, press } = this.#state!;
    return { ledger, site: storedSite(ledger.settings, this.#address)!, feeds: press.servedFeeds() };
  }

  /** What the one that leads has stored, and what this one would make of it that is another's. */
  async #follow(): Promise<Outcome | undefined> {
    const restored = await this.restore();
    const problems = findOddAddress(this.#address, this.#state && storedAddress(this.#state.ledger.settings));
    return restored && { ...restored, problems: [...restored.problems, ...problems] };
  }

  async #print(
    { ledger, press }: PipelineState,
    touched: ReadonlySet<string>,
  ): Promise<Outcome | undefined | 'overtaken'> {
    const stages = startLaps();
    const site = storedSite(ledger.settings, this.#address);
    if (site === undefined) return undefined;
    const now = toInstant(this.#clock());
    const { change, problems, news } = await press.print(ledger, site, touched, now);
    stages.end('print');
    // What was written in the meantime may be in some of the documents and not in others.
    if ((await this.#store.generation()) !== ledger.generation) return 'overtaken';
    // Who cannot ask may serve what it has read.
    if (await this.#store.lead().catch(() => false)) {
      ledger.putNotices(toNotices(site, newsOf(ledger, site, news), now));
      await ledger.save(this.#store);
      stages.end('save');
    }
    return {
      change,
      // What is wrong with the files is known of old.
      problems: [...standingProblems(ledger), ...problems],
      read: 0,
      advice: [],
      drafts: [],
      milliseconds: stages.sum(),
      stages: stages.laps,
      generation: ledger.generation,
    };
  }

  /** Who cannot read the folder has another process lead that may: its disk may be there. */
  async #walk(dir: string): Promise<Folder> {
    try {
      return await walk(dir);
    } catch (error) {
      await this.#store.yieldLead().catch(() => undefined);
      throw error;
    }
  }

  async #loadState(): Promise<PipelineState> {
    const ledger = new Ledger(await this.#store.load(), this.#store.entryNow);
    return { ledger, press: new Press(this.#store) };
  }

  /**
   * A ledger that a failure left half changed is thrown away: the store says what holds. One that other processes have
   * overtaken catches up; `touched` are the feeds in which they have changed something.
   */
  async #guarded<T>(work: (state: PipelineState, touched: ReadonlySet<string>) => Promise<T>): Promise<T> {
    const known = this.#state;
    this.#state = undefined;
    // One that did not save what it noted knows something that the store does not.
    const caughtUp = known?.ledger.isChanged() === false ? await catchUp(known.ledger, this.#store) : undefined;
    const state = caughtUp === undefined ? await this.#loadState() : known!;
    const result = await work(state, caughtUp ?? new Set());
    this.#state = state;
    return result;
  }
}

/** Readers that ask now this process, now the one that leads, see other bytes; or one of them is not meant to be here. */
function findOddAddress({ publicUrl, ttl }: SiteAddress, leads: SiteAddress | undefined): readonly Problem[] {
  if (leads === undefined) return [];
  const compare = (file: string, expected: string, found: string): readonly Problem[] => {
    const message = `expected ${expected}, as the process has it that leads on this store, found ${found}`;
    return found === expected ? [] : [{ severity: 'warning', file, message }];
  };
  return [
    ...compare('PUBLIC_URL', leads.publicUrl, publicUrl),
    ...compare('REFRESH_CRON', `a ttl of ${leads.ttl} minutes`, `a ttl of ${ttl} minutes`),
  ];
}

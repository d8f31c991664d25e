import type { BuiltFeed, DocumentBuilder } from '../feeds/documents.ts';
import { type Fate, fateOf } from '../feeds/fate.ts';
import { documentPath } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { feedRecord, mainFeeds } from '../feeds/places.ts';
import { feedFolder, pictureReferences, type Site } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import { framePath } from '../pages/embed/builder.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';
import { nextDue } from '../store/reconcile.ts';
import type { Entry, Target } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { resolveTargets } from '../store/targets.ts';
import { Backlog } from './backlog.ts';
import { toDocumentResource } from './build.ts';
import type { EditionChange } from './edition.ts';
import { PagePress } from './page-press.ts';
import type { Resource } from './resource.ts';
import { faviconPath } from './site-pages.ts';

/** What printing an edition gives. */
export type Printing = {
  readonly change: EditionChange;
  readonly problems: readonly Problem[];
  /** Feeds whose entries or head changed. */
  readonly news: readonly string[];
};

/** Prints editions: knows what the last one held, and makes only what is different. */
export class Press {
  readonly #builder: DocumentBuilder;
  #site: Site | undefined;
  #feeds = new Map<string, BuiltFeed>();
  #fates: ReadonlyMap<string, Fate> = new Map();
  readonly #pages: PagePress;
  readonly #backlog = new Backlog();

  constructor(store: Store, builder: DocumentBuilder) {
    this.#builder = builder;
    this.#pages = new PagePress(store);
  }

  /** The next edition, where `touched` feeds have changed; all of them the first time and after a change of settings. */
  async print(ledger: Ledger, site: Site, touched: ReadonlySet<string>, now: Instant): Promise<Printing> {
    const isFirst = this.#site === undefined;
    const isNewSite = JSON.stringify(site) !== JSON.stringify(this.#site);
    this.#site = site;
    for (const name of mainFeeds) feedRecord(ledger, site, name, now);
    const fates = new Map(Array.from(ledger.feeds.keys(), (name) => [name, fateOf(site, name, now)] as const));
    const served = [...fates].filter(([, fate]) => isServed(fate)).map(([name]) => name);
    const isNew = (name: string): boolean => !this.#feeds.has(name) || this.#fates.get(name) !== fates.get(name);
    const names = served.filter((name) => isNewSite || touched.has(name) || isNew(name));
    const put: Resource[] = [];
    const problems: Problem[] = [];
    const news: string[] = [];
    for (const name of names) {
      const feed = await this.#builder.build(ledger, this.#site!, ledger.feeds.get(name)!, now);
      this.#feeds.set(name, { ...feed, documents: [] });
      problems.push(...feed.problems);
      if (feed.isNews) news.push(name);
      const isIn = (id: string): boolean => ledger.places(name).get(id)?.active === true;
      for (const document of feed.documents) {
        const resource = await toDocumentResource(ledger, site, document, now);
        put.push(isMain(name) ? this.#backlog.addDeltas(resource, document, feed.entries, isIn) : resource);
      }
    }
    this.#fates = fates;
    // In an order of its own: the ledger's is that of their making, and after a start that of the store.
    const live = served.filter((name) => fates.get(name) === 'live').toSorted();
    const pages = await this.#pages.print(ledger, site, {
      feeds: this.#feeds,
      rebuilt: names,
      served: live,
      isNewSite,
    });
    const ended = endedPaths(fates, site);
    const due = nextDue(ledger, now);
    const { timezone } = site.publication;
    const facts = { entries: countLive(ledger), timezone, ...(due === undefined ? {} : { nextDue: due }) };
    const drop = [...pages.drop, ...ended.gone, ...ended.moved.map(([from]) => from)];
    const media = mediaOf(ledger, site);
    return { change: { whole: isFirst, put: [...put, ...pages.put], drop, media, ...ended, facts }, problems, news };
  }

  /** The feeds that are answered for, also those that are over and say so. */
  servedFeeds(): readonly string[] {
    return [...this.#fates].filter(([, fate]) => isServed(fate)).map(([name]) => name);
  }

  /** Whether the edition holds this entry's page. */
  holdsPage(entry: Entry): boolean {
    return this.#pages.holds(entry);
  }
}

function isServed(fate: Fate): boolean {
  return fate === 'live' || fate === 'expired';
}

function isMain(feed: string): boolean {
  return (mainFeeds as readonly string[]).includes(feed);
}

function countLive(ledger: Ledger): number {
  let count = 0;
  for (const { status } of ledger.entries.values()) if (status === 'live') count += 1;
  return count;
}

/** The paths of the feeds that are no longer: those gone for good, and those that moved, with where to. */
function endedPaths(fates: ReadonlyMap<string, Fate>, site: Site): Pick<EditionChange, 'gone' | 'moved'> {
  const gone: string[] = [];
  const moved: (readonly [from: string, to: string])[] = [['/favicon.ico', faviconPath(site)]];
  for (const [name, fate] of fates) {
    if (fate === 'gone') gone.push(...pathsOf(name));
    else if (typeof fate === 'object') {
      const to = pathsOf(fate.movedTo);
      moved.push(...pathsOf(name).map((from, index) => [from, to[index]!] as const));
    }
  }
  return { gone, moved };
}

/** The paths that a feed answers at: its pages and its documents. */
function pathsOf(feed: string): readonly string[] {
  return [feedFolder(feed), framePath(feed), ...formats.map((format) => documentPath(feed, format))].map(encodePath);
}

/** The files that live entries and the publication itself refer to, each with its path as the disk spells it. */
function mediaOf(ledger: Ledger, site: Site): EditionChange['media'] {
  const media = new Set<string>();
  const add = (target: Target): void => void (target.kind === 'media' && media.add(target.path));
  for (const target of Object.values(resolveTargets(ledger, 'publication.yaml', pictureReferences(site)))) add(target);
  for (const { status, targets } of ledger.entries.values()) {
    if (status === 'live') for (const target of Object.values(targets)) add(target);
  }
  return [...media].toSorted().map((path) => [path, ledger.files.get(path)?.diskPath ?? path]);
}

import { isDeepStrictEqual } from 'node:util';
import { archivePath, lastArchive } from '../feeds/archive.ts';
import { type BuiltFeed, DocumentBuilder } from '../feeds/documents.ts';
import { type Fate, fatesOf } from '../feeds/fate.ts';
import { noteFeed } from '../feeds/feed-state.ts';
import { documentPath } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { feedRecord, isMain, mainFeeds } from '../feeds/places.ts';
import { renderingVersion } from '../feeds/rendering-version.ts';
import { feedFolder, pictureReferences, type Site, settingNames } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import { formatProblem, type Problem } from '../lib/problem.ts';
import { framePath } from '../pages/embed/builder.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';
import { nextDue } from '../store/reconcile.ts';
import type { Store } from '../store/store.ts';
import { resolveTargets } from '../store/targets.ts';
import { Backlog } from './backlog.ts';
import { toDocumentResource } from './build.ts';
import type { EditionChange } from './edition.ts';
import { PagePress } from './page-press.ts';
import { type Resource, toResource } from './resource.ts';
import { faviconPath } from './site-pages.ts';
import { stampsOf } from './stored-documents.ts';

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
  #ownMedia: ReadonlySet<string> = new Set();

  constructor(store: Store) {
    this.#builder = new DocumentBuilder(store);
    this.#pages = new PagePress(store);
  }

  /**
   * The next edition, where `touched` feeds have changed; all of them the first time and after a change of settings.
   * Documents of tags and authors are only noted: they are made when they are asked for.
   */
  async print(ledger: Ledger, given: Site, touched: ReadonlySet<string>, now: Instant): Promise<Printing> {
    const isFirst = this.#site === undefined;
    const isNewSite = !isDeepStrictEqual(given, this.#site);
    // The same object while it says the same, so that what was made with it stands.
    const site = isNewSite ? given : (this.#site ?? given);
    this.#site = site;
    for (const name of mainFeeds) feedRecord(ledger, site, name, now);
    const fates = fatesOf(site, ledger.feeds, now);
    const isNew = (name: string): boolean =>
      isNewSite || touched.has(name) || !isDeepStrictEqual(this.#fates.get(name), fates.get(name));
    const fresh = new Set([...fates.keys()].filter(isNew));
    const isAnyNew = fresh.size > 0;
    this.#fates = fates;
    const served = this.servedFeeds();
    const rebuilt = served.filter((name) => isMain(name) && fresh.has(name));
    for (const name of this.#feeds.keys()) if (!served.includes(name)) this.#feeds.delete(name);
    const { put, news } = await this.#build(ledger, site, rebuilt, now);
    const ofTerms = served.filter((name) => !isMain(name));
    const isAll = noteRendering(ledger, site);
    const noted = ofTerms.filter((name) => isAll || touched.has(name) || fates.get(name) === 'expired');
    news.push(...noted.filter((name) => noteFeed(ledger, site, ledger.feeds.get(name)!, now)));
    const stamps = (isFirst ? ofTerms : noted).flatMap((name) => stampsOf(ledger.feeds.get(name)!));
    const pages = await this.#pages.print(ledger, site, { feeds: this.#feeds, rebuilt, isAnyNew, isNewSite }, now);
    const ended = endedPaths(ledger, fates, site);
    const due = nextDue(ledger, now);
    const { timezone } = site.publication;
    const entries = ledger.live.count('article') + ledger.live.count('headline');
    const facts = { entries, timezone, ...(due === undefined ? {} : { nextDue: due }) };
    const drop = [...pages.drop, ...ended.gone, ...ended.moved.map(([from]) => from)];
    const media = this.#media(ledger, site, isFirst);
    const change = {
      whole: isFirst,
      put: [...put, ...pages.put.map(toResource)],
      stamps,
      drop,
      media,
      ...ended,
      facts,
    };
    return { change, problems: this.#problems(), news };
  }

  async #build(
    ledger: Ledger,
    site: Site,
    names: readonly string[],
    now: Instant,
  ): Promise<{ put: Resource[]; news: string[] }> {
    const put: Resource[] = [];
    const news: string[] = [];
    for (const name of names) {
      const feed = await this.#builder.build(ledger, site, ledger.feeds.get(name)!, now);
      this.#feeds.set(name, { ...feed, documents: [] });
      if (feed.isNews) news.push(name);
      const isIn = (id: string): boolean => ledger.places.get(name, id)?.active === true;
      for (const document of feed.documents) {
        const resource = toResource(toDocumentResource(ledger, site, document, now));
        put.push(this.#backlog.addDeltas(resource, document, feed.entries, isIn));
      }
    }
    return { put, news };
  }

  /** Those of a feed that did not change stand as well; one entry's may show in several feeds. */
  #problems(): readonly Problem[] {
    const all = [...this.#feeds.values()].flatMap(({ problems }) => problems);
    return [...new Map(all.map((problem) => [formatProblem(problem), problem])).values()];
  }

  /** What is new of the files that live entries and the publication itself refer to, with their paths on the disk. */
  #media(ledger: Ledger, site: Site, isFirst: boolean): EditionChange['media'] {
    const targets = Object.values(resolveTargets(ledger, 'publication.yaml', pictureReferences(site)));
    const own = new Set(targets.flatMap((target) => (target.kind === 'media' ? [target.path] : [])));
    const changes = ledger.live.takeMediaChanges();
    const asked = new Set([...(isFirst ? ledger.live.media() : changes), ...own, ...this.#ownMedia]);
    this.#ownMedia = own;
    const isUsed = (path: string): boolean => own.has(path) || ledger.live.isMediaUsed(path);
    return Array.from(asked, (path) => [path, isUsed(path) ? (ledger.files.get(path)?.diskPath ?? path) : undefined]);
  }

  /** The feeds that are answered for, also those that are over and say so. */
  servedFeeds(): readonly string[] {
    return [...this.#fates].filter(([, fate]) => isServed(fate)).map(([name]) => name);
  }
}

/** Notes what all documents are made with besides entries. Whether that is not what it was. */
function noteRendering(ledger: Ledger, site: Site): boolean {
  const rendering = `${renderingVersion} ${JSON.stringify(site)}`;
  const isSame = ledger.settings.get(settingNames.rendering) === rendering;
  if (!isSame) ledger.putSetting(settingNames.rendering, rendering);
  return !isSame;
}

function isServed(fate: Fate): boolean {
  return fate === 'live' || fate === 'expired';
}

/** The paths of the feeds that are no longer: those gone for good, and those that moved, with where to. */
function endedPaths(
  ledger: Ledger,
  fates: ReadonlyMap<string, Fate>,
  site: Site,
): Pick<EditionChange, 'gone' | 'moved'> {
  const gone: string[] = [];
  const moved: (readonly [from: string, to: string])[] = [['/favicon.ico', faviconPath(site)]];
  for (const [name, fate] of fates) {
    const archives = archivesOf(ledger, name);
    if (fate === 'gone') gone.push(...pathsOf(name, archives));
    else if (typeof fate === 'object') {
      // History that the new name has not got stays where it is.
      const shared = Math.min(archives, archivesOf(ledger, fate.movedTo));
      const to = pathsOf(fate.movedTo, shared);
      moved.push(...pathsOf(name, shared).map((from, index) => [from, to[index]!] as const));
    }
  }
  return { gone, moved };
}

function archivesOf(ledger: Ledger, name: string): number {
  const feed = ledger.feeds.get(name);
  return feed === undefined ? 0 : lastArchive(feed);
}

/** The paths that a feed answers at: its pages, its documents, and its first `archives` archive documents. */
function pathsOf(feed: string, archives: number): readonly string[] {
  const documents = formats.map((format) => documentPath(feed, format));
  const history = Array.from({ length: archives }, (_, index) =>
    formats.map((format) => archivePath(feed, index + 1, format)),
  );
  return [feedFolder(feed), framePath(feed), ...documents, ...history.flat()].map(encodePath);
}

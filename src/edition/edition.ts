import type { Resource } from './resource.ts';
import type { DocumentStamp } from './stored-documents.ts';

/** What is served: immutable, swapped whole. */
export type Edition = {
  /** By percent-encoded path below PUBLIC_URL. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Documents of tags and authors, by path: made when they are asked for. */
  readonly onDemand: ReadonlyMap<string, DocumentStamp>;
  /** Files of the data folder that a published entry refers to: from decoded path to the path as the disk spells it. */
  readonly media: ReadonlyMap<string, string>;
  /** Feeds' paths that are gone for good (410), and those that moved (301), percent-encoded. */
  readonly gone: ReadonlySet<string>;
  readonly moved: ReadonlyMap<string, string>;
  readonly facts: EditionFacts;
};

/** What is said about an edition in greetings and logs. */
type EditionFacts = {
  readonly entries: number;
  /** IANA name of the publication's timezone. */
  readonly timezone: string;
  /** Milliseconds since 1970 when an embargo ends or an entry expires next. */
  readonly nextDue?: number;
};

/** How an edition differs from the one before; plain data. */
export type EditionChange = {
  /** Whether `put` is all there is: nothing of the edition before stays. */
  readonly whole: boolean;
  readonly put: readonly Resource[];
  readonly drop: readonly string[];
  /** Documents of tags and authors that are new or changed. */
  readonly stamps: readonly DocumentStamp[];
  /** Without a path on the disk where nothing refers to the file any more. */
  readonly media: readonly (readonly [path: string, diskPath: string | undefined])[];
  readonly gone: readonly string[];
  readonly moved: readonly (readonly [from: string, to: string])[];
  readonly facts: EditionFacts;
};

/** The edition after a change; everything that did not change is shared. */
export function applyChange(edition: Edition | undefined, change: EditionChange): Edition {
  const before = change.whole ? undefined : edition;
  const resources = new Map(before?.resources);
  const onDemand = new Map(before?.onDemand);
  for (const path of change.drop) {
    resources.delete(path);
    onDemand.delete(path);
  }
  for (const resource of change.put) resources.set(resource.path, resource);
  for (const stamp of change.stamps) onDemand.set(stamp.path, stamp);
  return {
    resources,
    onDemand,
    media: mediaAfter(before, change),
    gone: new Set(change.gone),
    moved: new Map(change.moved),
    facts: change.facts,
  };
}

function mediaAfter(edition: Edition | undefined, { media: changes }: EditionChange): Edition['media'] {
  if (edition !== undefined && changes.length === 0) return edition.media;
  const media = new Map(edition?.media);
  for (const [path, diskPath] of changes) {
    if (diskPath === undefined) media.delete(path);
    else media.set(path, diskPath);
  }
  return media;
}

/** The part of a change that says anything new to who has this edition: no more of it is whole, or the same. */
export function differenceOf(edition: Edition | undefined, change: EditionChange): EditionChange {
  if (edition === undefined) return change;
  const put = change.put.filter(({ path, etag }) => edition.resources.get(path)?.etag !== etag);
  const isHeld = (path: string): boolean => edition.resources.has(path) || edition.onDemand.has(path);
  if (!change.whole) return { ...change, put, drop: change.drop.filter(isHeld) };
  const paths = new Set([...change.put, ...change.stamps].map(({ path }) => path));
  const used = new Set(change.media.map(([path]) => path));
  const before = [...edition.resources.keys(), ...edition.onDemand.keys()];
  const unused = [...edition.media.keys()].filter((path) => !used.has(path));
  return {
    ...change,
    whole: false,
    put,
    drop: before.filter((path) => !paths.has(path)),
    media: [...change.media, ...unused.map((path) => [path, undefined] as const)],
  };
}

/** The change from no edition to this one. */
export function wholeOf({ resources, onDemand, media, gone, moved, facts }: Edition): EditionChange {
  return {
    whole: true,
    put: [...resources.values()],
    stamps: [...onDemand.values()],
    drop: [],
    media: [...media],
    gone: [...gone],
    moved: [...moved],
    facts,
  };
}

/** The edition with a resource in better encodings, unless what it is made of has changed meanwhile. */
export function applyPolish(edition: Edition, polished: Resource): Edition {
  if (edition.resources.get(polished.path)?.etag !== polished.etag) return edition;
  const resources = new Map(edition.resources).set(polished.path, polished);
  return { ...edition, resources };
}

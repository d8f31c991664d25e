import type { Resource, ResourceHead } from './resource.ts';

/** What is served: immutable, swapped whole. */
export type Edition = {
  /** By percent-encoded path below PUBLIC_URL. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Documents that there was no room for: made when they are asked for. */
  readonly elsewhere: ReadonlyMap<string, ResourceHead>;
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
  /** Documents that are new or changed, and are not sent. */
  readonly heads?: readonly ResourceHead[];
  readonly media: readonly (readonly [path: string, diskPath: string])[];
  readonly gone: readonly string[];
  readonly moved: readonly (readonly [from: string, to: string])[];
  readonly facts: EditionFacts;
};

/** The edition after a change; everything that did not change is shared. */
export function applyChange(edition: Edition | undefined, change: EditionChange): Edition {
  const resources = new Map(change.whole ? undefined : edition?.resources);
  const elsewhere = new Map(change.whole ? undefined : edition?.elsewhere);
  for (const path of change.drop) {
    resources.delete(path);
    elsewhere.delete(path);
  }
  for (const resource of change.put) {
    resources.set(resource.path, resource);
    elsewhere.delete(resource.path);
  }
  for (const head of change.heads ?? []) {
    elsewhere.set(head.path, head);
    resources.delete(head.path);
  }
  return {
    resources,
    elsewhere,
    media: new Map(change.media),
    gone: new Set(change.gone),
    moved: new Map(change.moved),
    facts: change.facts,
  };
}

/** The edition with a resource in better encodings, unless what it is made of has changed meanwhile. */
export function applyPolish(edition: Edition, polished: Resource): Edition {
  if (edition.resources.get(polished.path)?.etag !== polished.etag) return edition;
  const resources = new Map(edition.resources).set(polished.path, polished);
  return { ...edition, resources };
}

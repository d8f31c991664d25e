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
  readonly media: readonly (readonly [path: string, diskPath: string])[];
  readonly gone: readonly string[];
  readonly moved: readonly (readonly [from: string, to: string])[];
  readonly facts: EditionFacts;
};

/** The edition after a change; everything that did not change is shared. */
export function applyChange(edition: Edition | undefined, change: EditionChange): Edition {
  const resources = new Map(change.whole ? undefined : edition?.resources);
  const onDemand = new Map(change.whole ? undefined : edition?.onDemand);
  for (const path of change.drop) {
    resources.delete(path);
    onDemand.delete(path);
  }
  for (const resource of change.put) resources.set(resource.path, resource);
  for (const stamp of change.stamps) onDemand.set(stamp.path, stamp);
  return {
    resources,
    onDemand,
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

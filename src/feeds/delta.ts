import { hash as digest } from 'node:crypto';
import type { Entry } from '../store/records.ts';
import type { LiveDocument } from './documents.ts';
import type { Fragment } from './model.ts';
import { renderers } from './renderers.ts';

/** What has to be remembered of a document to tell later what is new since. */
export type Trace = {
  /** Of the feed's head, but for the times that move with every change. */
  readonly head: string;
  /** The entries shown, each with the hash of its fragment. */
  readonly fragments: ReadonlyMap<string, string>;
};

/** The trace that a document leaves. `entries` are those that it shows, in order. */
export function traceOf({ head, fragments }: LiveDocument, entries: readonly Entry[]): Trace {
  const { updated: _, published: __, ...steady } = head;
  return {
    head: hash(JSON.stringify(steady)),
    fragments: new Map(entries.map(({ id }, index) => [id, hashOf(fragments[index]!)])),
  };
}

/** One fragment is in several feeds, and in most of the versions of each. */
const hashes = new WeakMap<Fragment, string>();

function hashOf(fragment: Fragment): string {
  return hashes.getOrInsertComputed(fragment, ({ text }) => hash(text));
}

/**
 * Which of the entries that are shown now, by their places, are new or changed since `base`. Undefined where nothing is,
 * and where these would hide something: another head, or an entry that was withdrawn (`isIn` says which are still in the
 * feed).
 */
export function newSince(base: Trace, now: Trace, isIn: (id: string) => boolean): readonly number[] | undefined {
  if (base.head !== now.head) return undefined;
  for (const id of base.fragments.keys()) if (!now.fragments.has(id) && !isIn(id)) return undefined;
  const fresh = Array.from(now.fragments).flatMap(([id, hash], index) =>
    base.fragments.get(id) === hash ? [] : [index],
  );
  return fresh.length === 0 ? undefined : fresh;
}

/**
 * A whole valid document of some of its entries alone (RFC 3229 §10.5.3). Undefined where it is not smaller than half of
 * the whole.
 */
export function renderDelta(document: LiveDocument, entries: readonly number[]): string | undefined {
  const fragments = entries.map((index) => document.fragments[index]!);
  const text = renderers[document.format].renderDocument(document.head, fragments);
  return text.length * 2 < document.text.length ? text : undefined;
}

function hash(text: string): string {
  return digest('sha256', text, 'base64url').slice(0, 16);
}

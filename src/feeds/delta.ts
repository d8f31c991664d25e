import { createHash } from 'node:crypto';
import type { Entry } from '../store/records.ts';
import type { LiveDocument } from './documents.ts';
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
    fragments: new Map(entries.map(({ id }, index) => [id, hash(fragments[index]!.text)])),
  };
}

/**
 * A whole valid document of the entries that are new or changed since `base` (RFC 3229 §10.5.3). Undefined where that
 * would hide something: another head, an entry that was withdrawn (`isIn` says which are still in the feed), nothing
 * new at all; and where it is not smaller than half of the whole.
 */
export function renderDelta(
  base: Trace,
  document: LiveDocument,
  trace: Trace,
  isIn: (id: string) => boolean,
): string | undefined {
  if (base.head !== trace.head) return undefined;
  for (const id of base.fragments.keys()) if (!trace.fragments.has(id) && !isIn(id)) return undefined;
  const hashes = [...trace.fragments];
  const fresh = document.fragments.filter((_, index) => {
    const [id, own] = hashes[index]!;
    return base.fragments.get(id) !== own;
  });
  if (fresh.length === 0) return undefined;
  const text = renderers[document.format].renderDocument(document.head, fresh);
  return text.length * 2 < document.text.length ? text : undefined;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

import { newSince, renderDelta, type Trace, traceOf } from '../feeds/delta.ts';
import type { LiveDocument } from '../feeds/documents.ts';
import type { Entry } from '../store/records.ts';
import { type Bodies, type Delta, quickEncodings, type Resource, toBody } from './resource.ts';

type Version = Trace & { readonly etag: string; readonly version: number };

/** How many earlier versions of a document clients may come from. */
const keptVersions = 32;

/** Remembers what the latest versions of documents held, and makes the deltas from them to the newest. */
export class Backlog {
  readonly #kept = new Map<string, readonly Version[]>();

  /** The document's resource with a delta from each version before it, the newest first, all no larger than itself. */
  addDeltas(
    resource: Resource,
    document: LiveDocument,
    entries: readonly Entry[],
    isIn: (id: string) => boolean,
  ): Resource {
    const trace = traceOf(document, entries);
    const before = (this.#kept.get(resource.path) ?? []).filter(({ etag }) => etag !== resource.etag);
    const own = { ...trace, etag: resource.etag, version: resource.version! };
    this.#kept.set(resource.path, [own, ...before.slice(0, keptVersions - 1)]);
    // Where one entry is changed again and again, all of them lack the same.
    const made = new Map<string, Bodies | undefined>();
    const bodiesOf = (fresh: readonly number[]): Bodies | undefined =>
      made.getOrInsertComputed(fresh.join(), () => encodeIf(renderDelta(document, fresh)));
    const deltas: Delta[] = [];
    let room = resource.identity.length;
    for (const base of before) {
      const fresh = newSince(base, trace, isIn);
      const bodies = fresh && bodiesOf(fresh);
      if (bodies === undefined) continue;
      room -= bodies.identity.length;
      if (room < 0) break;
      deltas.push({ base: base.etag, baseVersion: base.version, ...bodies });
    }
    return deltas.length === 0 ? resource : { ...resource, deltas };
  }
}

function encodeIf(text: string | undefined): Bodies | undefined {
  return text === undefined ? undefined : quickEncodings(toBody(text));
}

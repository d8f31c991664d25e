import type { IncomingHttpHeaders } from 'node:http';
import type { Delta, Resource } from '../edition/resource.ts';
import { opaqueTags, secondsOf, toOpaque } from './conditional.ts';
import { type Encoded, encodedAnswers, headersOf } from './prepared.ts';

// Others ask for deltas too, and then do not know what to do with a 226.
const agents = /newsboat|liferea|vienna|newsblur|python-reader/i;

/**
 * Whether this client asks for a feed's new entries only (RFC 3229 §10.5.3, manipulation `feed`), and can read them. Not
 * through a cache that says that it is there (RFC 9110 §7.6.3): it may ask with its own tag, and the client would never
 * hear of what came before that.
 */
export function takesDeltas(headers: IncomingHttpHeaders): boolean {
  const manipulations = headers['a-im'];
  if (typeof manipulations !== 'string' || headers.via !== undefined) return false;
  if (!agents.test(headers['user-agent'] ?? '')) return false;
  return manipulations.split(',').some((one) => /^\s*feed\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)|$)/i.test(one));
}

/**
 * The answers with what is new since the version that the client has, by its tag, else by its date; undefined when
 * that version is not known any more, or the whole document does as well.
 */
export function deltaFor(resource: Resource, headers: IncomingHttpHeaders): Encoded | undefined {
  const delta = findDelta(resource.deltas ?? [], headers);
  return delta && prepared.getOrInsertComputed(delta, () => prepare(resource, delta));
}

const prepared = new WeakMap<Delta, Encoded>();

function findDelta(deltas: readonly Delta[], headers: IncomingHttpHeaders): Delta | undefined {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    const theirs = opaqueTags(tags);
    return deltas.find(({ base }) => theirs.includes(toOpaque(base)));
  }
  const since = secondsOf(headers['if-modified-since'] ?? '');
  return deltas.find(({ baseVersion }) => baseVersion === since);
}

const vary = 'Accept-Encoding, A-IM, If-None-Match, If-Modified-Since';

function prepare(resource: Resource, delta: Delta): Encoded {
  const headers = headersOf(resource, resource.version, vary);
  return encodedAnswers(226, delta, ['IM', 'feed', 'Delta-Base', delta.base, ...headers]);
}

import { urlNamespace, uuidV5 } from '../lib/uuid.ts';
import type { ArticleDraft } from '../source/draft.ts';
import type { Ledger } from './ledger.ts';

/** An entry's names: RSS and JSON's `id`, Atom's, and the key they were made from. */
export type Identity = { readonly id: string; readonly atomId: string; readonly key: string };

/** The identity that a file asks for with `guid` or `id`; undefined when it leaves it to us. */
export function explicitIdentity(
  draft: Pick<ArticleDraft, 'guid' | 'id'>,
  publicationId: string,
): Identity | undefined {
  if (draft.guid !== undefined) {
    const key = `guid:${draft.guid}`;
    const atomId = isAbsoluteIri(draft.guid) ? draft.guid : toUrn(publicationId, key);
    return { id: draft.guid, atomId, key };
  }
  if (draft.id === undefined) return undefined;
  if (isAbsoluteIri(draft.id)) return { id: draft.id, atomId: draft.id, key: `guid:${draft.id}` };
  return madeIdentity(publicationId, `id:${draft.id}`);
}

/** Whether an entry's key says that its file asked for its id. */
export function isExplicitKey(key: string): boolean {
  return key.startsWith('guid:') || key.startsWith('id:');
}

/** The identity made of the first of these natural keys, `n` from 1, that no entry's is made of. */
export function freeIdentity(ledger: Ledger, publicationId: string, keyOf: (n: number) => string): Identity {
  for (let n = 1; ; n += 1) {
    const identity = madeIdentity(publicationId, keyOf(n));
    if (ledger.byAtomId(identity.atomId) === undefined) return identity;
  }
}

/** The identity made of a natural key: a `urn:uuid:` of version 5 (RFC 9562 §5.5). */
function madeIdentity(publicationId: string, key: string): Identity {
  const urn = toUrn(publicationId, key);
  return { id: urn, atomId: urn, key };
}

/** `urn:uuid:` of `name` within the publication. */
export function toUrn(publicationId: string, name: string): string {
  return `urn:uuid:${uuidV5(namespaceOf(publicationId), name)}`;
}

// All names of a refresh are made in one namespace.
let last = { publicationId: '', namespace: '' };

function namespaceOf(publicationId: string): string {
  if (last.publicationId !== publicationId) {
    last = { publicationId, namespace: uuidV5(urlNamespace, publicationId) };
  }
  return last.namespace;
}

/** RFC 3987 §2.2, as far as ids need it: a scheme, a colon, and no white space or delimiters after it. */
function isAbsoluteIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\u0000-\u0020]+$/iu.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
}

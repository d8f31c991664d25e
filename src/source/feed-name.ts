import { slugifyName } from '../lib/slug.ts';

/** A feed as its address has it: tags and authors may stand in publication.yaml by name or by slug. */
export function toFeedName(name: string): string {
  const [, kind, term] = /^(tags|authors)\/(.+)$/.exec(name) ?? [];
  return term === undefined ? name : `${kind}/${slugifyName(term) || term}`;
}

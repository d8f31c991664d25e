import type { Person } from '../source/draft.ts';
import type { FeedHead } from './model.ts';

/** What a feed says besides what the npm package `feed` writes of it; what is undefined is not said. */
export function toFeedMembers(head: FeedHead): Readonly<Record<string, unknown>> {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    language: head.language,
    authors: toJsonAuthors(head.authors),
    favicon: head.icon?.url,
    hubs: head.hubs.length === 0 ? undefined : head.hubs.map((url) => ({ type: 'WebSub', url })),
    next_url: head.links.find(({ rel }) => rel === 'next')?.href,
    expired: head.expired ? true : undefined,
    _license: head.license,
  };
}

/** JSON Feed has no place for an e-mail address. */
export function toJsonAuthors(people: readonly Person[]): readonly Readonly<Record<string, string | undefined>>[] {
  return people.map(({ name, uri, avatar }) => ({ name, url: uri, avatar }));
}

import type { Person } from '../source/draft.ts';

/** The first person with an e-mail address, as RSS 2.0 wants one: `ana@example.com (Ana)`. */
export function toMailAuthor(people: readonly Person[]): string | undefined {
  const person = people.find(({ email }) => email !== undefined);
  return person === undefined ? undefined : `${person.email} (${person.name})`;
}

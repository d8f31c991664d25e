import type { Site } from '../feeds/site.ts';

/** A time for machines, and for people in the publication's timezone. */
export type When = { readonly datetime: string; readonly text: string };

/** Shows times (milliseconds since 1970) to the second, in English as all of the admin. */
export function timesOf(site: Site | undefined): (at: number) => When {
  const timeZone = site?.publication.timezone ?? 'UTC';
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'long' });
  return (at) => ({ datetime: new Date(at).toISOString(), text: format.format(at) });
}

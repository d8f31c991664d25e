import type { Site } from '../feeds/site.ts';

/** A time for machines, and for people in the publication's timezone: to the second, and as few signs as a plot needs. */
export type When = { readonly datetime: string; readonly text: string; readonly short: string };

const briefly: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };

/** Shows times (milliseconds since 1970) to the second, in English as all of the admin. */
export function timesOf(site: Site | undefined): (at: number) => When {
  const timeZone = site?.publication.timezone ?? 'UTC';
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'long' });
  const short = new Intl.DateTimeFormat('en-GB', { timeZone, ...briefly });
  return (at) => ({ datetime: new Date(at).toISOString(), text: format.format(at), short: short.format(at) });
}

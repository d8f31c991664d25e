import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/open.ts';
import { type Figures, figureNames } from '../../src/store/readership.ts';

/** The UTC day of a time, `YYYY-MM-DD`. */
export const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Figures of which all that are not named are 0. */
export function figures(known: Partial<Figures>): Figures {
  return { ...(Object.fromEntries(figureNames.map((name) => [name, 0])) as Figures), ...known };
}

/** Makes a store in which the days' secret is known: no two clients of a test fall into the same place. */
export async function seedSalts(storeFile: string, now: number): Promise<void> {
  await openStore(`sqlite:${storeFile}`).close();
  const database = new DatabaseSync(storeFile);
  const insert = database.prepare('insert into poll_salts values (?, ?)');
  for (const days of [0, 1, 2]) insert.run(dayAt(now + days * 86_400_000), '0123456789abcdef0123456789abcdef');
  database.close();
}

/** A day of the past: what one product polled of one feed, and how many subscribers it said to have. */
export type PastDay = { readonly product: string; readonly subscribers: number; readonly figures: Figures };

/** Adds past days, the last of them yesterday; the figures also go to as many hours before this one. */
export async function seedDays(storeUrl: string, now: number, days: readonly (readonly PastDay[])[]): Promise<void> {
  const store = openStore(storeUrl);
  for (const [index, rows] of days.entries()) {
    const ago = days.length - index;
    for (const { product, subscribers, figures: own } of rows) {
      const key = { feed: 'all', format: 'rss', product } as const;
      await store.readership.add({
        day: dayAt(now - ago * 86_400_000),
        hour: { hour: Math.floor(now / 3_600_000) - ago, ...own },
        rows: [{ ...key, ...own, clients: 1, sketch: '', sketchBefore: undefined }],
        claims: [{ ...key, fetcher: '', most: subscribers, doubted: 0 }],
      });
    }
  }
  await store.close();
}

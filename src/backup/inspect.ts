import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { settingNames } from '../feeds/site.ts';
import { knownVersion } from '../store/sqlite-file.ts';

/** What there is to say of a store that is whole. */
export type StoreFacts = {
  /** Absent when nothing was ever published. */
  readonly publicationId: string | undefined;
  readonly articles: number;
  readonly headlines: number;
  /** Entries that are not shown: withdrawn, or not yet due. */
  readonly hidden: number;
  readonly feeds: number;
};

/** Reads all of a store's file. Throws an Error that names it when it is no store, is damaged, or is a newer program's. */
export function inspectStore(file: string): StoreFacts {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('a folder');
    const sqlite = new DatabaseSync(file, { readOnly: true });
    try {
      return inspect(sqlite);
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw new Error(`${file}: expected a store that is whole, found: ${(error as Error).message}`, { cause: error });
  }
}

/** In one sentence. */
export function describeStore({ publicationId, articles, headlines, hidden, feeds }: StoreFacts): string {
  const counts = `${articles} articles, ${headlines} headlines, ${hidden} withdrawn or not yet due, ${feeds} feeds`;
  return publicationId === undefined ? 'nothing was ever published' : `publication ${publicationId}: ${counts}`;
}

function inspect(sqlite: DatabaseSync): StoreFacts {
  knownVersion(sqlite);
  const verdict = sqlite.prepare('pragma integrity_check').get()!.integrity_check as string;
  if (verdict !== 'ok') throw new Error(verdict);
  const count = (sql: string): number => sqlite.prepare(`select count(*) as n from ${sql}`).get()!.n as number;
  const setting = sqlite.prepare('select value from settings where name = ?').get(settingNames.publicationId);
  return {
    publicationId: setting?.value as string | undefined,
    articles: count(`entries where status = 'live' and kind = 'article'`),
    headlines: count(`entries where status = 'live' and kind = 'headline'`),
    hidden: count(`entries where status <> 'live'`),
    feeds: count('feeds'),
  };
}

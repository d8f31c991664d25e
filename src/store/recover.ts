import { copyFileSync, existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginEpoch } from './new-epoch.ts';
import { recoveredSetting } from './recovered-setting.ts';
import { asideOf, removeStore, replaceStore } from './replace.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { openSqliteFile, transaction } from './sqlite-file.ts';
import { holdStore } from './store-lock.ts';

/**
 * Puts a store with all that can still be read in the place of a damaged one, which is set aside; the next refresh makes
 * the rest from the data folder. Nobody may have the store open. Gives what was done, in a sentence.
 */
export function recoverSqlite(file: string, fault: string, now: number): string {
  const release = holdStore(file, 'alone');
  const begun = `${file}.${process.pid}`;
  const [copy, fresh, scratch] = [`${begun}.salvage`, `${begun}.new`, `${begun}.scratch`];
  try {
    for (const ending of ['', '-wal']) if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
    const salvaged = rebuild(copy, fresh, scratch, now);
    const aside = asideOf(file, 'corrupt', now);
    replaceStore(file, fresh, aside);
    return `store: ${file} was damaged (${fault}) and is set aside as ${aside}; taken over: ${describe(salvaged)}; what is missing is made anew from the data folder`;
  } finally {
    release();
    for (const path of [copy, fresh, scratch]) removeStore(path);
  }
}

/**
 * The same, and then a second later than that of any document of before: the dates of those may be lost, and what is made
 * anew must not share one with another text.
 */
export async function recoverForLater(file: string, fault: string): Promise<string> {
  const said = recoverSqlite(file, fault, Date.now());
  await sleep(1000);
  return said;
}

type Found = { readonly tables: readonly Salvaged[]; readonly lostEntries: number; readonly lostTexts: number };

function rebuild(copy: string, fresh: string, scratch: string, now: number): Found {
  const sqlite = openSqliteFile(fresh);
  try {
    const tables = existsSync(copy) ? salvage(copy, sqlite, scratch) : [];
    const found = { tables, ...countLost(sqlite) };
    transaction(sqlite, () => settle(sqlite, now));
    beginEpoch(sqlite, now);
    // A disk that gives back other bytes than were written would only take this one's too.
    const verdict = sqlite.prepare('pragma integrity_check').get()!.integrity_check;
    if (verdict !== 'ok') throw new Error(`store: cannot recover: the new store is damaged too: ${verdict}`);
    sqlite.exec('pragma journal_mode = delete');
    return found;
  } finally {
    sqlite.close();
  }
}

const lost = `(select entry from places union select entry from lists union select entry from texts)
              where entry not in (select id from entries)`;

function countLost(sqlite: DatabaseSync): Pick<Found, 'lostEntries' | 'lostTexts'> {
  const count = (from: string): number => sqlite.prepare(`select count(*) as n from ${from}`).get()!.n as number;
  return {
    lostEntries: count(lost),
    lostTexts: count(`entries where kind = 'article' and id not in (select entry from texts)`),
  };
}

/** What refers to entries that are lost steps back, and every file is read again. */
function settle(sqlite: DatabaseSync, now: number): void {
  // What one place alone speaks of never was: an entry is in several feeds, and its text or line speaks of it too.
  sqlite.exec(`delete from places where entry not in (select id from entries)
                 and entry in (select entry from places group by entry having count(*) = 1)
                 and entry not in (select entry from texts union select entry from lists);
               delete from lists where entry not in (select id from entries);
               delete from texts where entry not in (select id from entries);
               update places set active = 0 where entry not in (select id from entries);
               update files set hash = '';`);
  const sql = 'insert into settings values (?, ?) on conflict do update set value = excluded.value';
  sqlite.prepare(sql).run(recoveredSetting, String(now));
}

function describe({ tables, lostEntries, lostTexts }: Found): string {
  const missing: Readonly<Record<string, number>> = { entries: lostEntries, texts: lostTexts };
  const said = tables.map(({ table, rows, isWhole }) => {
    const known = missing[table] ?? 0;
    const rest = known > 0 ? ` (${known} lost)` : isWhole ? '' : ' (not all)';
    return `${rows} ${table}${rest}`;
  });
  return said.length === 0 ? 'nothing' : said.join(', ');
}

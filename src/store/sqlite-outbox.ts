import type { DatabaseSync } from 'node:sqlite';
import type { Notice, NoticeStatus, Outbox, PendingNotice } from './notice.ts';

/** The outbox in SQLite. */
export function sqliteOutbox(database: DatabaseSync): Outbox {
  return {
    nextDue: async () => {
      const row = database.prepare(`select min(max(due, held_until)) as at from outbox where state = 'pending'`).get()!;
      return (row.at as number | null) ?? undefined;
    },
    claim: async (now, holdMilliseconds) => {
      const sql = `update outbox set held_until = ?
                   where state = 'pending' and due <= ? and held_until <= ?
                   returning id, kind, target, topic, body, created, due, tries`;
      return database.prepare(sql).all(now + holdMilliseconds, now, now) as unknown as PendingNotice[];
    },
    taken: async ({ id, created }) => {
      const sql = `update outbox set state = 'taken', tries = tries + 1, last_error = null, held_until = 0
                   where id = ? and created = ?`;
      if (database.prepare(sql).run(id, created).changes === 0) release(database, id);
    },
    failed: async ({ id, created }, error, again) => {
      const sql = `update outbox set tries = tries + 1, last_error = ?, held_until = 0, due = max(due, ?), state = ?
                   where id = ? and created = ?`;
      const state = again === undefined ? 'given up' : 'pending';
      if (database.prepare(sql).run(error, again ?? 0, state, id, created).changes === 0) release(database, id);
    },
    status: async () => {
      const rows = database.prepare('select * from outbox order by target, topic').all();
      return rows.map(({ last_error, ...row }) => ({
        ...row,
        ...(last_error === null ? {} : { lastError: last_error }),
      })) as unknown as NoticeStatus[];
    },
  };
}

const keptMilliseconds = 7 * 24 * 3600 * 1000;

/** Puts a notice into the outbox; one on the same topic that waits there, or was taken, becomes this one. */
export function putNotice(database: DatabaseSync, { kind, target, topic, body, created, due }: Notice): void {
  database
    .prepare(
      `insert into outbox (kind, target, topic, body, created, due) values (?, ?, ?, ?, ?, ?)
       on conflict (target, topic) do update
       set body = excluded.body, created = excluded.created, due = excluded.due, tries = 0, state = 'pending', last_error = null`,
    )
    .run(kind, target, topic, body, created, due);
  // A hook's topics are all different, so that what is done with has to be forgotten some day.
  database
    .prepare(`delete from outbox where kind = 'hook' and state <> 'pending' and created < ?`)
    .run(created - keptMilliseconds);
}

function release(database: DatabaseSync, id: number): void {
  database.prepare('update outbox set held_until = 0 where id = ?').run(id);
}

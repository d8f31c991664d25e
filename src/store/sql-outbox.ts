import type { Database, Statement } from './database.ts';
import type { NoticeStatus, Outbox, PendingNotice } from './notice.ts';
import type { Changes } from './store.ts';
import { untilShown } from './until-shown.ts';

/** What became of a notice is kept this long: a hook's topics are all different, and so are those of a former address. */
const keptMilliseconds = 7 * 24 * 3600 * 1000;

/**
 * The outbox over any database that speaks SQL. Who has claimed what, and until when, goes by the database's clock: two
 * processes whose clocks differ would tell of the same.
 */
export function sqlOutbox({ all, behind, ahead }: Pick<Required<Database>, 'all' | 'behind' | 'ahead'>): Outbox {
  const release = (id: number): Promise<unknown> => all('update outbox set held_until = 0 where id = ?', [id]);
  return {
    nextDue: async () => {
      const sql = `select min(case when due > held_until - ? then due else held_until - ? end) as at
                   from outbox where state = 'pending'`;
      const offset = await ahead();
      const [row] = await all(sql, [offset, offset]);
      return (row!.at as number | null) ?? undefined;
    },
    claim: async (now, holdMilliseconds) => {
      const isFree = `state = 'pending' and due <= ? and held_until <= ?`;
      // Asked twice: of two processes that find the same one, the second waits for the first and finds it held.
      const sql = `update outbox set held_until = ?
                   where id = (select id from outbox where ${isFree} order by due, id limit 1) and ${isFree}
                   returning id, kind, target, topic, body, created, due, tries`;
      const stored = now + (await ahead());
      const [row] = await all(sql, [stored + holdMilliseconds, now, stored, now, stored]);
      return row as PendingNotice | undefined;
    },
    release: async ({ id }) => void (await release(id)),
    settled: untilShown(async () => (await all('select number from generation'))[0]!.number as number, behind),
    taken: async ({ id, created }, began) => {
      const sql = `update outbox set state = case when last_due > ? then 'pending' else 'taken' end,
                     tries = case when last_due > ? then 0 else tries + 1 end,
                     due = last_due, last_error = null, held_until = 0
                   where id = ? and created = ? returning id`;
      if ((await all(sql, [began, began, id, created])).length === 0) await release(id);
    },
    failed: async ({ id, created }, error, again) => {
      const sql = `update outbox set tries = tries + 1, last_error = ?, held_until = 0, state = ?,
                     due = case when due > ? then due else ? end
                   where id = ? and created = ? returning id`;
      const due = again ?? 0;
      const values = [error, again === undefined ? 'given up' : 'pending', due, due, id, created];
      if ((await all(sql, values)).length === 0) await release(id);
    },
    status: async () => {
      const rows = await all('select * from outbox order by target, topic');
      return rows.map(({ last_error, last_due, held_until, ...row }) => ({
        ...row,
        ...(last_error === null ? {} : { lastError: last_error }),
      })) as unknown as readonly NoticeStatus[];
    },
  };
}

/**
 * Puts notices into the outbox; one on the same topic that waits there, or was taken, becomes this one. What waits for
 * its time keeps it, or a feed that changes more often than that would never be told of; it is told again at the later.
 * Takes out what was for others than the targets: they are not to be told any more, and would be called failing for ever.
 */
export function fromNotices({ notices, targets }: Pick<Changes, 'notices' | 'targets'>): readonly Statement[] {
  const put = `insert into outbox (kind, target, topic, body, created, due, last_due) values (?, ?, ?, ?, ?, ?, ?)
               on conflict (target, topic) do update
               set body = excluded.body, created = excluded.created, tries = 0, state = 'pending', last_error = null,
                 due = case when outbox.state = 'pending' and outbox.due > excluded.created
                   and outbox.due < excluded.due then outbox.due else excluded.due end,
                 last_due = excluded.last_due`;
  return [
    {
      sql: `delete from outbox where ${['true', ...(targets ?? []).map(() => 'target <> ?')].join(' and ')}`,
      rows: targets === undefined ? [] : [targets],
    },
    {
      sql: put,
      rows: notices.map((one) => [one.kind, one.target, one.topic, one.body, one.created, one.due, one.due]),
    },
    {
      sql: `delete from outbox where state <> 'pending' and created < ?`,
      rows: notices.slice(0, 1).map(({ created }) => [created - keptMilliseconds]),
    },
  ];
}

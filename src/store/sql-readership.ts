import { randomBytes } from 'node:crypto';
import type { Database, Row, Statement, Value } from './database.ts';
import {
  type Figures,
  figureNames,
  type HourRow,
  type OfDay,
  type Readership,
  type ReadershipAddition,
  type ReadershipRow,
  type SubscriberClaim,
} from './readership.ts';

const sums = figureNames.map((name) => `sum(${name}) as ${name}`).join(', ');
const figureList = figureNames.join(', ');
const tables = ['polls', 'subscriber_claims', 'poll_hours', 'poll_salts'] as const;
const emptyPlaces = figureNames.map(() => '?').join(', ');

/** Daily sums over any database that speaks SQL. */
export function sqlReadership({ all, write }: Pick<Database, 'all' | 'write'>): Readership {
  const query = async <T>(sql: string, values: readonly Value[]): Promise<readonly T[]> =>
    (await all(sql, values)).map(toNumbers) as unknown as readonly T[];
  return {
    add: (addition) => write(toAddition(addition), { isQuiet: true }),
    rowsOf: async (day, feeds) => {
      if (feeds.length === 0) return [];
      const places = feeds.map(() => '?').join(', ');
      return query(`select * from polls where day = ? and feed in (${places})`, [day, ...feeds]);
    },
    size: async (day) =>
      (await query<{ rows: number }>('select count(*) as rows from polls where day = ?', [day]))[0]!.rows,
    byProduct: ({ from, to }) =>
      query(
        `select day, product, sum(clients) as clients, ${sums} from polls where day between ? and ?
         group by day, product order by day, product`,
        [from, to],
      ),
    byFeed: ({ from, to }) =>
      query(
        `select day, feed, format, ${sums} from polls where day between ? and ?
         group by day, feed, format order by day, feed, format`,
        [from, to],
      ),
    claims: ({ from, to }) =>
      query<OfDay & SubscriberClaim>('select * from subscriber_claims where day between ? and ? order by day', [
        from,
        to,
      ]),
    hours: (from) => query<HourRow>('select * from poll_hours where hour >= ? order by hour', [from]),
    salts: async (days) => {
      await write(toSalts(days), { isQuiet: true });
      const rows = await all('select day, salt from poll_salts', []);
      return new Map(rows.map(({ day, salt }) => [day as string, salt as string]));
    },
    forget: ({ day, hour, open }) =>
      write(
        [
          { sql: 'delete from polls where day < ?', rows: [[day]] },
          { sql: 'delete from subscriber_claims where day < ?', rows: [[day]] },
          { sql: 'delete from poll_hours where hour < ?', rows: [[hour]] },
          { sql: `update polls set sketch = '' where day < ? and sketch <> ''`, rows: [[open]] },
        ],
        { isQuiet: true },
      ),
    forgetAll: () =>
      write(
        tables.map((table) => ({ sql: `delete from ${table}`, rows: [[]] })),
        { isQuiet: true },
      ),
  };
}

/** Sums are told as texts where they might be beyond 64 bits. */
function toNumbers(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isFigure.has(name) ? Number(value) : value]),
  );
}

const isFigure: ReadonlySet<string> = new Set([...figureNames, 'clients', 'rows']);

function toAddition({ day, hour, rows, claims }: ReadershipAddition): readonly Statement[] {
  const added = (table: string): string =>
    figureNames.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
  const row = (one: ReadershipRow): readonly Value[] => [
    ...[day, one.feed, one.format, one.product],
    ...valuesOf(one),
    ...[one.clients, one.sketch],
  ];
  return [
    {
      sql: `insert into polls (day, feed, format, product, ${figureList}, clients, sketch)
            values (?, ?, ?, ?, ${emptyPlaces}, ?, ?)
            on conflict (day, feed, format, product) do update set ${added('polls')}, sketch = excluded.sketch,
              clients = ${larger('polls', 'clients')}
            where polls.sketch = ?`,
      rows: rows.map((one) => [...row(one), one.sketchBefore ?? '']),
      orFail: 'another process has counted since this one last read',
    },
    {
      sql: `insert into poll_hours (hour, ${figureList}) values (?, ${emptyPlaces})
            on conflict (hour) do update set ${added('poll_hours')}`,
      rows: [[hour.hour, ...valuesOf(hour)]],
    },
    {
      sql: `insert into subscriber_claims (day, feed, format, product, fetcher, most, doubted)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (day, feed, format, product, fetcher) do update
            set most = ${larger('subscriber_claims', 'most')}, doubted = ${larger('subscriber_claims', 'doubted')}`,
      rows: claims.map((one) => [day, one.feed, one.format, one.product, one.fetcher, one.most, one.doubted]),
    },
  ];
}

function valuesOf(figures: Figures): readonly number[] {
  return figureNames.map((name) => figures[name]);
}

/** `greatest`, which SQLite calls otherwise. */
function larger(table: string, column: string): string {
  return `case when excluded.${column} > ${table}.${column} then excluded.${column} else ${table}.${column} end`;
}

function toSalts(days: readonly string[]): readonly Statement[] {
  return [
    { sql: 'delete from poll_salts where day < ?', rows: [[days[0]!]] },
    {
      sql: 'insert into poll_salts (day, salt) values (?, ?) on conflict (day) do nothing',
      rows: days.map((day) => [day, randomBytes(16).toString('hex')]),
    },
  ];
}

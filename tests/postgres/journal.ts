import postgres from 'postgres';
import type { Peer } from '../push/hub.ts';

/** One notice of the outbox, and what became of it. Times in milliseconds since 1970. */
type Announced = {
  readonly target: string;
  readonly topic: string;
  /** When it was saved, and when it was to be told: one that was renewed before its time is told twice. */
  readonly created: number;
  readonly due: number;
  readonly claims: readonly number[];
  readonly taken: readonly number[];
};

/** What the database went through, noted by the database itself. */
export type Journal = {
  /** Whether the store ever held this document, of one of the main feeds, under this tag. */
  readonly knows: (path: string, tag: string) => Promise<boolean>;
  /** When the store's document at this path last changed, until then; in seconds since 1970. */
  readonly version: (path: string, until: number) => Promise<number>;
  readonly announced: () => Promise<readonly Announced[]>;
  /** When a process last took the topic's notice to post it, until then; in milliseconds since 1970. */
  readonly claimed: (topic: string, until: number) => Promise<number>;
  /** The titles of all that is published, also of what is too old for a feed. */
  readonly titles: () => Promise<readonly string[]>;
  /** Notices that nobody took so far. */
  readonly pending: () => Promise<number>;
  /** Resolves when a process has written. */
  readonly nextWrite: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const tables = `
  create table seen_documents (path text, version bigint, hash text);
  create table seen_notices (target text, topic text, created bigint, due bigint, what text, at bigint);
  create function note_document() returns trigger language plpgsql as $$
    begin insert into seen_documents values (new.path, new.version, new.hash); return null; end $$;
  create function note_notice() returns trigger language plpgsql as $$
    declare at bigint := floor(extract(epoch from clock_timestamp()) * 1000);
    begin
      if tg_op = 'INSERT' or new.created <> old.created then
        insert into seen_notices values (new.target, new.topic, new.created, new.due, 'put', at);
      elsif new.held_until > old.held_until then
        insert into seen_notices values (new.target, new.topic, new.created, old.due, 'claim', at);
      elsif new.last_error is null and (new.state = 'taken' or new.due <> old.due) then
        insert into seen_notices values (new.target, new.topic, new.created, old.due, 'taken', at);
      end if;
      return null;
    end $$;
  create trigger note_document after insert or update on documents for each row execute function note_document();
  create trigger note_notice after insert or update on outbox for each row execute function note_notice();`;

/** Opens the journal of a database whose tables are there and empty. */
export async function openJournal(url: string): Promise<Journal> {
  const sql = postgres(url, { types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } } });
  await sql.unsafe(tables);
  let waiting: (() => void)[] = [];
  await sql.listen('linecaster', () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  return {
    knows: async (path, tag) => {
      const [, version, hash] = /^W\/"(\d+)-(.*)"$/.exec(tag)!;
      const found = await sql`
        select from seen_documents where path = ${path} and version = ${version!} and hash = ${hash!} limit 1`;
      return found.length > 0;
    },
    version: async (path, until) => {
      const [row] = await sql`
        select max(version) as version from seen_documents where path = ${path} and version <= ${until}`;
      return (row!.version as number | null) ?? 0;
    },
    announced: async () =>
      (await sql`
        select target, topic, created, due,
          coalesce(array_agg(at order by at) filter (where what = 'claim'), '{}') as claims,
          coalesce(array_agg(at order by at) filter (where what = 'taken'), '{}') as taken
        from seen_notices group by target, topic, created, due order by created, due`) as unknown as readonly Announced[],
    claimed: async (topic, until) => {
      const [row] = await sql`
        select max(at) as at from seen_notices where topic = ${topic} and what = 'claim' and at <= ${until}`;
      return row!.at as number;
    },
    titles: async () => {
      const rows = await sql`select fields::json ->> 'title' as title from entries where status = 'live'`;
      return rows.map(({ title }) => title as string);
    },
    pending: async () => {
      const [row] = await sql`select count(*)::integer as pending from outbox where state = 'pending'`;
      return row!.pending as number;
    },
    nextWrite: () => new Promise((resolve) => void waiting.push(resolve)),
    close: () => sql.end({ timeout: 2 }),
  };
}

/** How the posts that a peer received go with the notices. */
type Told = {
  readonly posts: number;
  /** Notices whose post came again though nobody was killed between the post and its note. */
  readonly repeated: number;
  /** Notices whose post came again after such a kill: whether the first was received cannot be known. */
  readonly repeatedAfterKill: number;
  /** Topics of whose last notice nobody posted. */
  readonly lost: number;
};

/** A try takes no longer, in milliseconds. */
const longestTry = 6000;

/** Holds what a peer received against the journal, and against the times at which a process was killed. */
export async function compare(journal: Journal, peer: Peer, killed: readonly number[]): Promise<Told> {
  let [repeated, repeatedAfterKill, lost] = [0, 0, 0];
  const posts = Map.groupBy(peer.received, ({ body }) => topicOf(body));
  const announced = (await journal.announced()).filter(({ target }) => target === peer.url);
  for (const [topic, notices] of Map.groupBy(announced, (one) => one.topic)) {
    const times = (posts.get(topic) ?? []).map(({ at }) => at);
    const told = Map.groupBy(times, (at) => claimedBefore(notices, at));
    for (const [{ taken }, [first, ...again]] of told) {
      if (again.length === 0) continue;
      const isKilled = killed.some((at) => at >= first! && at < first! + longestTry);
      if (isKilled && !taken.some((at) => at < again[0]!)) repeatedAfterKill += 1;
      else repeated += 1;
    }
    if (!told.has(notices.at(-1)!)) lost += 1;
  }
  return { posts: peer.received.length, repeated, repeatedAfterKill, lost };
}

function topicOf(body: string): string {
  return body.startsWith('{') ? (JSON.parse(body) as { id: string }).id : new URLSearchParams(body).get('hub.topic')!;
}

/** The notice that a post belongs to: it was claimed a moment before. */
function claimedBefore(notices: readonly Announced[], post: number): Announced {
  const claims = notices.flatMap((notice) => notice.claims.map((at) => ({ at, notice })));
  const last = claims
    .filter(({ at }) => at <= post)
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
  if (last === undefined) throw new Error(`expected a claim before the post at ${post}, found none`);
  return last.notice;
}

/** Append-only, as those of SQLite, and with the same tables. */
export const migrations: readonly string[] = [
  `create table settings (
     name text primary key,
     value text not null
   );
   create table files (
     path text primary key,
     role text not null,
     size bigint not null,
     mtime_ms double precision not null,
     ctime_ms double precision not null,
     ino double precision not null,
     seen_at double precision not null,
     hash text not null,
     how text not null,
     problems text not null,
     disk_path text,
     missing_since double precision
   );
   create table lists (
     file text not null,
     line bigint not null,
     entry text not null,
     text text not null,
     tags text not null,
     struck bigint not null,
     primary key (file, line)
   );
   create table entries (
     number bigint primary key generated always as identity,
     id text not null unique,
     atom_id text not null unique,
     path text not null unique,
     updated bigint not null unique,
     kind text not null,
     status text not null,
     published bigint not null,
     fields text not null
   );
   create table texts (
     entry text primary key,
     html text not null,
     text text not null
   );
   create table aliases (
     path text primary key,
     entry text not null
   );
   create table terms (
     kind text not null,
     key text not null,
     label text not null,
     slug text not null,
     primary key (kind, key),
     unique (kind, slug)
   );
   create table feeds (
     name text primary key,
     fields text not null
   );
   create table places (
     feed text not null,
     place bigint not null,
     entry text not null,
     joined bigint not null,
     archive_only bigint not null,
     active bigint not null,
     primary key (feed, place),
     unique (feed, entry)
   );
   create table documents (
     path text primary key,
     version bigint not null,
     hash text not null
   );
   create table outbox (
     id bigint primary key generated always as identity,
     kind text not null,
     target text not null,
     topic text not null,
     body text not null,
     created bigint not null,
     due bigint not null,
     held_until bigint not null default 0,
     tries bigint not null default 0,
     state text not null default 'pending',
     last_error text,
     unique (target, topic)
   );
   create index live_entries on entries (kind, published, id) where status = 'live';
   create table generation (
     number bigint not null
   );
   insert into generation values (0);
   create table lease (
     holder text not null,
     epoch bigint not null,
     until timestamptz not null
   );
   insert into lease values ('', 0, '-infinity');`,
  'alter table outbox add column last_due bigint not null default 0;',
  // The first line came later, and says for new databases what a later migration does for all.
  `alter table generation replica identity full;
   alter table generation add column epoch text not null default '';
   update generation set epoch = replace(gen_random_uuid()::text, '-', '');`,
  `create table polls (
     day text not null,
     feed text not null,
     format text not null,
     product text not null,
     whole bigint not null,
     unmodified bigint not null,
     delta bigint not null,
     refused bigint not null,
     failed bigint not null,
     unconditional bigint not null,
     gaps bigint not null,
     waited bigint not null,
     early bigint not null,
     bytes bigint not null,
     saved bigint not null,
     clients bigint not null,
     sketch text not null,
     primary key (day, feed, format, product)
   );
   create table poll_hours (
     hour bigint primary key,
     whole bigint not null,
     unmodified bigint not null,
     delta bigint not null,
     refused bigint not null,
     failed bigint not null,
     unconditional bigint not null,
     gaps bigint not null,
     waited bigint not null,
     early bigint not null,
     bytes bigint not null,
     saved bigint not null
   );
   create table subscriber_claims (
     day text not null,
     feed text not null,
     format text not null,
     product text not null,
     fetcher text not null,
     most bigint not null,
     doubted bigint not null,
     primary key (day, feed, format, product, fetcher)
   );
   create table poll_salts (
     day text primary key,
     salt text not null
   );`,
  `create table writes (
     generation bigint primary key,
     keys text
   );`,
  // Not taken away as in SQLite: while replicas are replaced one by one, those of the version before read and write it.
  `alter table texts alter column text set default '';`,
  `create table replicas (
     id text primary key,
     generation bigint not null,
     seen timestamptz not null
   );`,
  // As in SQLite and in memory, in the order of their bytes, whatever the language of the database.
  `alter table entries alter column id type text collate "C";
   alter table files alter column path type text collate "C";
   alter table lists alter column file type text collate "C";`,
  // By default, so that a write has a name also when a replica of the version before makes it.
  `alter table writes add column id text not null default gen_random_uuid()::text;`,
  // They have no key, and a publication for all tables lets nothing be changed by which no row could be told.
  `alter table lease replica identity full;
   alter table generation replica identity full;
   alter table schema_version replica identity full;`,
];

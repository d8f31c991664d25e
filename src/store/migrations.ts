/** Append-only: each runs once, in order, and none is ever edited. */
export const migrations: readonly string[] = [
  `create table settings (
     name text primary key,
     value text not null
   ) strict, without rowid;
   create table files (
     path text primary key,
     role text not null,
     size integer not null,
     mtime_ms real not null,
     ctime_ms real not null,
     ino real not null,
     seen_at real not null,
     hash text not null,
     how text not null,
     problems text not null,
     disk_path text,
     missing_since real
   ) strict;
   create table lists (
     file text not null,
     line integer not null,
     entry text not null,
     text text not null,
     tags text not null,
     struck integer not null,
     primary key (file, line)
   ) strict, without rowid;
   create table entries (
     number integer primary key,
     id text not null unique,
     atom_id text not null unique,
     path text not null unique,
     updated integer not null unique,
     kind text not null,
     status text not null,
     published integer not null,
     fields text not null
   ) strict;
   create table texts (
     entry text primary key,
     html text not null,
     text text not null
   ) strict;
   create table aliases (
     path text primary key,
     entry text not null
   ) strict, without rowid;
   create table terms (
     kind text not null,
     key text not null,
     label text not null,
     slug text not null,
     primary key (kind, key),
     unique (kind, slug)
   ) strict, without rowid;
   create table feeds (
     name text primary key,
     fields text not null
   ) strict, without rowid;
   create table places (
     feed text not null,
     place integer not null,
     entry text not null,
     joined integer not null,
     archive_only integer not null,
     active integer not null,
     primary key (feed, place),
     unique (feed, entry)
   ) strict, without rowid;
   create table documents (
     path text primary key,
     version integer not null,
     hash text not null
   ) strict, without rowid;
   create table outbox (
     id integer primary key,
     kind text not null,
     target text not null,
     topic text not null,
     body text not null,
     created integer not null,
     due integer not null,
     held_until integer not null default 0,
     tries integer not null default 0,
     state text not null default 'pending',
     last_error text,
     unique (target, topic)
   ) strict;
   create index live_entries on entries (kind, published, id) where status = 'live';
   create table generation (
     number integer not null
   ) strict;
   insert into generation values (0);`,
  'alter table outbox add column last_due integer not null default 0;',
  `alter table generation add column epoch text not null default '';
   update generation set epoch = lower(hex(randomblob(16)));`,
  `create table polls (
     day text not null,
     feed text not null,
     format text not null,
     product text not null,
     whole integer not null,
     unmodified integer not null,
     delta integer not null,
     refused integer not null,
     failed integer not null,
     unconditional integer not null,
     gaps integer not null,
     waited integer not null,
     early integer not null,
     bytes integer not null,
     saved integer not null,
     clients integer not null,
     sketch text not null,
     primary key (day, feed, format, product)
   ) strict, without rowid;
   create table poll_hours (
     hour integer primary key,
     whole integer not null,
     unmodified integer not null,
     delta integer not null,
     refused integer not null,
     failed integer not null,
     unconditional integer not null,
     gaps integer not null,
     waited integer not null,
     early integer not null,
     bytes integer not null,
     saved integer not null
   ) strict;
   create table subscriber_claims (
     day text not null,
     feed text not null,
     format text not null,
     product text not null,
     fetcher text not null,
     most integer not null,
     doubted integer not null,
     primary key (day, feed, format, product, fetcher)
   ) strict, without rowid;
   create table poll_salts (
     day text primary key,
     salt text not null
   ) strict, without rowid;`,
  'alter table texts drop column text;',
];

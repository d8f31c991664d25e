import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Item, newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { until } from '../http/site.ts';
import { type Relay, startRelay } from './relay.ts';

const dir = newFolder();
const sound = Buffer.alloc(20_000, 1);
let server: ServerProcess;
let relay: Relay;
let url: string;
let added = 0;

beforeAll(async () => {
  write(dir, {
    'publication.yaml':
      'title: R&D on the quay\nlanguage: en\nid: tag:example.com,2026:programs\nauthors: [{ name: The desk }]\n',
    'episode.md': `---
title: "Episode 1: 3 < 4, R&D, Map<K> and ]]> “ships” 🚢"
date: 2026-02-01T08:30:15+02:00
authors: [Ana Böhm & Söhne, Li Wei]
tags: ["C++ & <Rust>", 日本, R&D, "it's \\"quoted\\""]
audio: horn.mp3
image: pier.png
description: Tugs & ferries, 3 < 4.
---
Text with &amp; and \`]]>\` and \`a < b\`.
`,
    'horn.mp3': sound,
    'pier.png': Buffer.alloc(100, 2),
    'old.md':
      '---\ntitle: From elsewhere\ndate: 2025-12-31T23:59:59-05:00\nguid: "tag:old.example,2009:1?a=1&b=2"\n---\nOld.\n',
    'arabic.ar.md':
      '---\ntitle: ميناء جديد يفتح أبوابه أمام السفن\ndate: 2026-02-03\n---\nنص المقال هنا، وفيه كلمات.\n',
    'headlines.txt':
      '[Link & co](https://other.example/?a=1&b=2#f)\n👩‍👩‍👧‍👦 Family wins?\nHebrew שלום and 50% English\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
  relay = await startRelay(Number(new URL(server.origin).port));
  url = `http://127.0.0.1:${relay.port}`;
});
afterAll(async () => {
  await relay.close();
  await server.stop();
});
beforeEach(() => void relay.take());

type Published = Item & {
  readonly authors?: readonly { readonly name: string }[];
  readonly external_url?: string;
  readonly attachments?: readonly {
    readonly url: string;
    readonly size_in_bytes: number;
    readonly mime_type: string;
  }[];
};

/** An entry as programs tell of it; times are seconds. */
type Told = {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly published: number;
  readonly updated?: number | null;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  /** URL, length and type of the first one. */
  readonly enclosure: readonly [string, number, string] | null;
  readonly html: string | null;
};

async function items(): Promise<readonly Published[]> {
  return ((await (await fetch(`${server.origin}/feed.json`)).json()) as { items: Published[] }).items;
}

/** What any program should tell. */
async function published(): Promise<readonly Told[]> {
  return (await items()).map((item) => {
    const [sound] = item.attachments ?? [];
    return {
      id: item.id,
      title: item.title,
      link: item.url,
      published: secondsOf(item.date_published),
      tags: item.tags ?? [],
      authors: item.authors?.map(({ name }) => name) ?? [],
      enclosure: sound === undefined ? null : [sound.url, sound.size_in_bytes, sound.mime_type],
      html: item.content_html ?? null,
    };
  });
}

const secondsOf = (date: string): number => Math.floor(Date.parse(date) / 1000);
const statuses = (): readonly number[] => relay.take().map(({ status }) => status);
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

async function run(home: string, command: string, ...words: readonly string[]): Promise<string> {
  const folders = { HOME: home, GPODDER_HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home };
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', ...folders };
  const { stdout } = await promisify(execFile)(command, words, { cwd: home, env, timeout: 60_000 });
  return stdout;
}

/** Publishes one more article and waits for it. */
async function publish(): Promise<void> {
  added += 1;
  const title = `Late news ${added}`;
  write(dir, { [`late-${added}.md`]: `---\ntitle: ${title}\n---\nText of the late news.\n` });
  server.process.kill('SIGHUP');
  await until(async () => (await items()).some((item) => item.title === title));
}

/** Leaves out what Atom repeats as the content of a headline. */
const toContent = (one: Told): Told => (one.link.includes('/articles/') ? one : { ...one, html: null });

const ruby = `
require 'rss'; require 'json'
def told(i)
  return {id: i.id.content, title: i.title.content, link: i.links.find { |l| l.rel == 'alternate' }.href,
    published: i.published.content.to_i, tags: i.categories.map(&:term), authors: i.authors.map { |a| a.name.content },
    enclosure: i.links.select { |l| l.rel == 'enclosure' }.map { |l| [l.href, l.length.to_i, l.type] }.first,
    html: i.content.type == 'html' ? i.content.content : nil} if i.is_a?(RSS::Atom::Feed::Entry)
  {id: i.guid.content, title: i.title, link: i.link, published: i.pubDate.to_i, tags: i.categories.map(&:content),
    authors: i.dc_creators.map(&:content), enclosure: i.enclosure && [i.enclosure.url, i.enclosure.length, i.enclosure.type],
    html: i.content_encoded}
end
feed = RSS::Parser.parse(STDIN.read.force_encoding('UTF-8'), true)
puts JSON.generate(feed.items.map { |i| told(i) })
`;

const perl = `
use XML::Feed; use XML::Atom; use JSON::PP; $XML::Atom::ForceUnicode = $XML::Feed::MULTIPLE_ENCLOSURES = 1;
my $text = do { local $/; <STDIN> };
my $feed = XML::Feed->parse(\\$text) or die XML::Feed->errstr;
print JSON::PP->new->utf8->encode({author => $feed->author, page => $feed->link, items => [map { my $e = $_; my ($enclosure) = $e->enclosure; {
  id => $e->id, title => $e->title, link => $e->link, published => $e->issued->epoch, tags => [$e->category],
  authors => [grep { defined } map { ref ? $$_[0] : $_ } $e->author], html => $e->content->body,
  enclosure => $enclosure && [$enclosure->url, $enclosure->length + 0, $enclosure->type] } } $feed->entries]});
`;

// Its own reader of dates does not start under PHP 8, and the addresses of its enclosures end in “?#”.
const simplePie = `
require '/usr/share/php/simplepie/autoloader.php';
class Date extends SimplePie_Parse_Date {
  public function __construct() {}
  public static function get() { return new Date; }
  public function parse($date) { return strtotime($date); }
}
function text($html) { return html_entity_decode($html, ENT_QUOTES | ENT_HTML5); }
function letters($html) { return $html === null ? null : preg_replace_callback('/&#(\\d+);/', fn($m) => IntlChar::chr((int)$m[1]), $html); }
$feed = new SimplePie;
$feed->registry->register('Parse_Date', 'Date');
$feed->set_cache_location('.');
$feed->set_feed_url($argv[1]);
$feed->init() or exit($feed->error());
$names = fn($all) => array_map(fn($one) => text($one->get_name()), $all);
$sounds = fn($item) => array_filter($item->get_enclosures() ?? [], fn($one) => str_starts_with($one->get_type() ?? '', 'audio/'));
$told = fn($one) => [rtrim(text($one->get_link()), '?#'), (int)$one->get_length(), $one->get_type()];
echo json_encode(['author' => $names($feed->get_authors())[0], 'page' => $feed->get_permalink(), 'items' => array_map(fn($item) => [
  'id' => text($item->get_id()), 'title' => text($item->get_title()), 'link' => text($item->get_permalink()),
  'published' => $item->get_date('U'), 'tags' => array_map(fn($one) => text($one->get_label()), $item->get_categories() ?? []),
  'authors' => $names($item->get_authors()), 'enclosure' => array_values(array_map($told, $sounds($item)))[0] ?? null,
  'html' => letters($item->get_content(true))], $feed->get_items())]);
`;

const elfeed = `(progn
  (let ((default-directory "/usr/share/emacs/site-lisp/elpa-src/")) (normal-top-level-add-subdirs-to-load-path))
  (require 'elfeed) (require 'json)
  (let ((url (pop command-line-args-left)) done told)
    (setq elfeed-db-directory "db" elfeed-feeds (list url))
    (add-hook 'elfeed-update-hooks (lambda (_) (setq done t)))
    (elfeed-update-feed url)
    (while (not done) (accept-process-output nil 0.1))
    (elfeed-db-save)
    (with-elfeed-db-visit (entry _)
      (let ((content (elfeed-deref (elfeed-entry-content entry))) (enclosure (car (elfeed-entry-enclosures entry))))
        (push \`((id . ,(cdr (elfeed-entry-id entry))) (title . ,(elfeed-entry-title entry))
            (link . ,(elfeed-entry-link entry)) (published . ,(truncate (elfeed-entry-date entry)))
            (tags . ,(vconcat (elfeed-meta entry :categories)))
            (authors . ,(vconcat (mapcar (lambda (one) (plist-get one :name)) (elfeed-meta entry :authors))))
            (enclosure . ,(and enclosure (list (nth 0 enclosure) (string-to-number (nth 2 enclosure)) (nth 1 enclosure))))
            (html . ,(and (not (equal content "")) content))) told)))
    (princ (json-encode (vconcat (reverse told))))))`;

/** Gives a program the document, and reads what it tells as JSON. */
async function tell(format: string, command: string, ...words: readonly string[]): Promise<unknown> {
  const document = await (await fetch(`${server.origin}/${format}`)).text();
  const asked = promisify(execFile)(command, words, {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    timeout: 60_000,
  });
  asked.child.stdin!.end(document);
  return JSON.parse((await asked).stdout) as unknown;
}

test.each(['rss.xml', 'atom.xml'])("Ruby's rss finds %s valid, and every entry as it was published", async (format) => {
  expect(await tell(format, 'ruby', '-e', ruby)).toEqual(await published());
});

test.each(['rss.xml', 'atom.xml'])("Perl's XML::Feed reads every entry of %s as it was published", async (format) => {
  const told = (await tell(format, 'perl', '-e', perl)) as { author: string; page: string; items: readonly Told[] };
  expect([told.author, told.page]).toEqual(['The desk', 'https://news.example.com/']);
  // In Atom it knows of one writer, and a headline has content there.
  const wanted = (await published()).map((one) => ({ ...one, authors: one.authors.slice(0, 1) }));
  expect(told.items.map(toContent)).toEqual(wanted);
});

test.each(['rss.xml', 'atom.xml'])(
  'SimplePie reads every entry of %s as it was published, and again only when it is another one',
  async (format) => {
    const home = newFolder();
    const poll = async (): Promise<{ author: string; page: string; items: readonly Told[] }> => {
      // What it has kept for an hour it asks for again.
      for (const file of readdirSync(home)) utimesSync(join(home, file), 0, 0);
      return JSON.parse(await run(home, 'php', '-d', 'display_errors=0', '-r', simplePie, `${url}/${format}`));
    };
    await poll();
    await poll();
    expect(statuses()).toEqual([200, 304]);
    await publish();
    const told = await poll();
    expect(statuses()).toEqual([200]);
    expect([told.author, told.page]).toEqual(['The desk', 'https://news.example.com/']);
    // An entry without writers has the feed's, and a headline has content in Atom.
    const wanted = (await published()).map((one) => (one.authors.length > 0 ? one : { ...one, authors: ['The desk'] }));
    expect(told.items.map(toContent)).toEqual(wanted);
  },
);

test.each(['rss.xml', 'atom.xml'])(
  'Elfeed keeps every entry of %s once and as it was published, and polls for nothing else',
  async (format) => {
    const home = newFolder();
    const poll = async (): Promise<readonly Told[]> =>
      JSON.parse(await run(home, 'emacs', '-Q', '--batch', '--eval', elfeed, `${url}/${format}`));
    await poll();
    await poll();
    expect(statuses()).toEqual([200, 304]);
    await publish();
    expect((await poll()).map(toContent)).toEqual(await published());
    expect(statuses()).toEqual([200]);
  },
);

test('gPodder gets every episode once, its sound and not its picture, and polls for nothing else', async () => {
  const home = newFolder();
  const feeds = ['rss.xml', 'atom.xml'];
  for (const feed of feeds) await run(home, 'gpo', 'subscribe', `${url}/${feed}`);
  relay.take();
  await run(home, 'gpo', 'update');
  expect(statuses()).toEqual([304, 304]);
  await publish();
  await run(home, 'gpo', 'update');
  expect(statuses()).toEqual([200, 200]);
  const database = new DatabaseSync(join(home, 'Database'), { readOnly: true });
  const pages = database.prepare('select link, title from podcast').all();
  const rows = database.prepare(
    'select podcast_id, guid, title, link, published, url, file_size, mime_type from episode',
  );
  const episodes = rows.all();
  database.close();
  expect(pages.map((page) => ({ ...page }))).toEqual(
    feeds.map(() => ({ link: 'https://news.example.com/', title: 'R&D on the quay' })),
  );
  const wanted = (await published()).map(({ id, title, link, published }) => [id, title, link, published].join());
  for (const feed of [1, 2]) {
    const got = episodes.filter(({ podcast_id }) => podcast_id === feed);
    expect(got.map((one) => [one.guid, one.title, one.link, one.published].join()).toSorted()).toEqual(
      wanted.toSorted(),
    );
    const episode = got.find(({ title }) => (title as string).startsWith('Episode'))!;
    expect([episode.url, episode.file_size, episode.mime_type]).toEqual([
      'https://news.example.com/media/horn.mp3',
      sound.length,
      'audio/mpeg',
    ]);
  }
});

test.each(['rss.xml', 'atom.xml'])(
  'rss2email sends one mail for each entry of %s, whatever is polled',
  async (format) => {
    const home = newFolder();
    const mails = join(home, 'mail');
    for (const folder of ['new', 'cur', 'tmp']) mkdirSync(join(mails, folder), { recursive: true });
    await run(home, 'r2e', 'new', 'reader@example.com');
    const settings = join(home, 'rss2email.cfg');
    const text = readFileSync(settings, 'utf8')
      .replace(/^email-protocol = .*/m, 'email-protocol = maildir')
      .replace(/^maildir-path = .*/m, `maildir-path = ${home}`)
      .replace(/^maildir-mailbox = .*/m, 'maildir-mailbox = mail');
    writeFileSync(settings, text);
    await run(home, 'r2e', 'add', 'news', `${url}/${format}`);
    const sent = (): readonly string[] =>
      readdirSync(join(mails, 'new')).map((file) => readFileSync(join(mails, 'new', file), 'utf8'));
    await run(home, 'r2e', 'run');
    await run(home, 'r2e', 'run');
    expect(statuses()).toEqual([200, 304]);
    expect(sent()).toHaveLength((await items()).length);
    await publish();
    await run(home, 'r2e', 'run');
    const ids = sent().map((mail) => /^X-RSS-ID: (.*)$/m.exec(mail)![1]);
    expect(ids.toSorted()).toEqual((await items()).map(({ id }) => id).toSorted());
    // So it writes when it knows of nobody.
    expect(sent().filter((mail) => mail.includes('<author>'))).toEqual([]);
  },
);

test.each(['rss.xml', 'atom.xml'])('rsstail shows title, link and time of each entry of %s', async (format) => {
  const lines = linesOf(
    await run(newFolder(), 'rsstail', '-1', '-N', '-l', '-p', '-n', '50', '-u', `${url}/${format}`),
  );
  const told = lines.map((line) => line.trim());
  const wanted = (await published()).flatMap(({ title, link, published }) => {
    const time = new Date(published * 1000).toUTCString();
    return [title, link, time];
  });
  // It names the day of the week itself in Atom, and takes each for a Sunday.
  const toTime = (line: string): string => line.replace(/^[A-Z]..(, \d\d ... \d{4} [\d:]{8}) (?:GMT|\+0000)$/, '$1');
  expect(told.map(toTime)).toEqual(wanted.map(toTime));
});

test('wget gets a document again only when it is another one', async () => {
  const home = newFolder();
  const poll = (): Promise<string> => run(home, 'wget', '-q', '-N', `${url}/rss.xml`);
  await poll();
  await poll();
  expect(statuses()).toEqual([200, 304]);
  await publish();
  await poll();
  expect(statuses()).toEqual([200]);
  expect(readFileSync(join(home, 'rss.xml'), 'utf8')).toContain(`Late news ${added}`);
});

test("Python's listparser finds in the OPML every feed by name and address", async () => {
  const script = `
import json, listparser, sys
found = listparser.parse(sys.stdin.read())
print(json.dumps([found.bozo, found.meta.title, {feed.url: feed.title for feed in found.feeds}]))
`;
  const [fault, title, feeds] = (await tell('feeds.opml', '/usr/bin/python3', '-c', script)) as [
    number,
    string,
    object,
  ];
  expect([fault, title]).toEqual([0, 'R&D on the quay: feeds']);
  expect(feeds).toMatchObject({
    'https://news.example.com/rss.xml': 'R&D on the quay',
    'https://news.example.com/tags/its-quoted/rss.xml': 'R&D on the quay: it\'s "quoted"',
  });
});

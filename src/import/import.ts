import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { defaultPublication } from '../publication.ts';
import { toArticleText, toDate } from './article-text.ts';
import { type DataFolder, readDataFolder } from './data-folder.ts';
import { choosePath } from './file-names.ts';
import { count, type History, type KnownEntry, readHistory } from './history.ts';
import { choosePlaces, type Place } from './place.ts';
import { readBack } from './read-back.ts';
import { toSettingsText } from './settings-text.ts';

type Placed = { readonly entry: KnownEntry; readonly place: Place };
type Written = Placed & { readonly faults: readonly string[] };

/**
 * Writes the entries of another site's feed, at a URL or in a file, as articles into the data folder. What the folder
 * has already stays as it is. Prints what was read, written and lost; 1 when something was.
 */
export async function importFeed(config: Pick<Config, 'DATA_DIR' | 'PUBLIC_URL'>, address: string): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const history = await readHistory(address, print);
  const folder = readDataFolder(config.DATA_DIR);
  const places = choosePlaces(history.head, history.entries, [config.PUBLIC_URL, address]);
  const all = history.entries.map((entry) => ({ entry: withDefaults(entry, history, folder), place: places(entry) }));
  const fresh = all.filter(({ entry }) => !folder.guids.has(entry.id));
  const written = fresh.map((placed) => writeArticle(config.DATA_DIR, folder, placed, history));
  print(`${config.DATA_DIR}: ${count(written.length)} written, ${count(all.length - fresh.length)} there already`);
  writeSettings(config.DATA_DIR, folder, history, print);
  for (const line of adviceOn(fresh, config.PUBLIC_URL)) print(line);
  const faults = [...history.faults, ...written.flatMap((one) => one.faults)];
  for (const fault of faults) print(fault);
  return faults.length === 0 ? 0 : 1;
}

/** An entry with what it leaves to its feed to say, where the publication says it otherwise. */
function withDefaults(entry: KnownEntry, { head }: History, { publication }: DataFolder): KnownEntry {
  const language = entry.language ?? head.language;
  const isOwn = publication !== undefined && head.authors[0]?.name !== publication.title && entry.authors.length === 0;
  return {
    ...entry,
    ...(language === undefined ? {} : { language }),
    ...(isOwn && head.authors[0]?.name !== publication.authors[0]?.name ? { authors: head.authors } : {}),
  };
}

function writeArticle(dir: string, folder: DataFolder, placed: Placed, { head }: History): Written {
  const {
    publication = { ...defaultPublication, ...(head.language === undefined ? {} : { language: head.language }) },
  } = folder;
  const path = choosePath(placed.entry, placed.place.old, folder.paths);
  const bytes = Buffer.from(toArticleText(placed.entry, placed.place, publication.language));
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), bytes, { flag: 'wx' });
  const faults = readBack(path, bytes, placed, publication);
  return { ...placed, faults: faults.map((fault) => `${path}: ${fault}`) };
}

function writeSettings(dir: string, folder: DataFolder, { head }: History, print: (line: string) => void): void {
  const text = toSettingsText(head);
  if (folder.publication === undefined) {
    writeFileSync(join(dir, 'publication.yaml'), text, { flag: 'wx' });
    print(`${join(dir, 'publication.yaml')}: written; read it through before you publish`);
  } else if (head.title !== folder.publication.title) {
    print(
      `${join(dir, 'publication.yaml')}: stays as it is; the feed says of itself:\n${text.replace(/^/gm, '  ').trimEnd()}`,
    );
  }
}

/** What a publisher who moves has to know or do. */
function adviceOn(fresh: readonly Placed[], publicUrl: string): readonly string[] {
  const kept = fresh.filter(({ place }) => place.permalink !== undefined);
  const moved = kept.flatMap(({ place }) => (place.old?.startsWith(`${publicUrl}/`) ? [] : [place.old!]));
  const lost = fresh.flatMap(({ place }) => (place.permalink === undefined ? (place.old ?? []) : []));
  const hosts = (pages: readonly string[]): string => [...new Set(pages.map((page) => new URL(page).host))].join(', ');
  const lines: readonly (readonly [readonly unknown[], string])[] = [
    [kept, 'with the path of the old page'],
    [moved, `to redirect, each path of ${hosts(moved)} to the same one below PUBLIC_URL, which is ${publicUrl}`],
    [
      lost,
      `to redirect one by one, since ${hosts(lost)} tells them apart by more than their path: ${lost.slice(0, 3).join(' ')}`,
    ],
    [
      fresh.filter(({ place }) => place.link !== undefined),
      'leading elsewhere: now to a page here, with the link in it',
    ],
    [fresh.filter(({ entry }) => entry.title === undefined), 'without a title: now with the first sentence for one'],
    [fresh.filter(({ entry }) => toDate(entry.date ?? '') === undefined), 'without a date: to be dated when published'],
  ];
  return lines.flatMap(([found, line]) => (found.length === 0 ? [] : [`${count(found.length)} ${line}`]));
}

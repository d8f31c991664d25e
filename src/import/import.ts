import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { toLine } from '../lib/text.ts';
import { defaultPublication, type Publication } from '../publication.ts';
import { compact } from '../source/compact.ts';
import { largestSource } from '../source/walker.ts';
import { adviceOn, type Placed } from './advice.ts';
import { toArticleText } from './article-text.ts';
import { type DataFolder, readDataFolder } from './data-folder.ts';
import { choosePath } from './file-names.ts';
import { count, type History, type KnownEntry, readHistory } from './history.ts';
import { choosePlaces } from './place.ts';
import { readBack } from './read-back.ts';
import { toSettingsText } from './settings-text.ts';

type Written = Placed & { readonly isWritten: boolean; readonly faults: readonly string[] };

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
  const fresh = all.filter(({ entry }) => !folder.guids.has(toLine(entry.id)));
  // First: were this broken off after the articles, the next import would find them and give no id.
  writeSettings(config.DATA_DIR, folder, history, print);
  const written = fresh.map((placed) => writeArticle(config.DATA_DIR, folder, placed, history));
  const there = written.filter(({ isWritten }) => isWritten);
  print(`${config.DATA_DIR}: ${count(there.length)} written, ${count(all.length - fresh.length)} there already`);
  for (const line of adviceOn(there, config.PUBLIC_URL)) print(line);
  const faults = [...history.faults, ...written.flatMap((one) => one.faults)];
  for (const fault of faults) print(fault);
  return faults.length === 0 ? 0 : 1;
}

/** An entry with the language and the writers that it leaves to its feed to say. */
function withDefaults(entry: KnownEntry, { head }: History, { publication }: DataFolder): KnownEntry {
  // Without a publication.yaml the feed's writers are the publication's.
  const others = publication === undefined ? [] : head.authors.filter(({ name }) => !isSaidBy(publication, name));
  const authors = entry.authors.length > 0 ? entry.authors : others;
  return compact<KnownEntry>({ ...entry, language: entry.language ?? head.language, authors });
}

function isSaidBy({ title, authors }: Publication, name: string): boolean {
  return name === title || name === authors[0]?.name;
}

function writeArticle(dir: string, folder: DataFolder, placed: Placed, { head }: History): Written {
  const publication = folder.publication ?? compact<Publication>({ ...defaultPublication, language: head.language });
  const path = choosePath(placed.entry, placed.place.old, folder.paths);
  const bytes = Buffer.from(toArticleText(placed.entry, placed.place, publication.language));
  if (bytes.length > largestSource) {
    const megabytes = (bytes.length / 1024 / 1024).toFixed(1);
    return {
      ...placed,
      isWritten: false,
      faults: [`${path}: expected at most 5 MB, found ${megabytes} MB: it is not written`],
    };
  }
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), bytes, { flag: 'wx' });
  const faults = readBack(path, bytes, placed, publication);
  return { ...placed, isWritten: true, faults: faults.map((fault) => `${path}: ${fault}`) };
}

function writeSettings(dir: string, folder: DataFolder, { head }: History, print: (line: string) => void): void {
  // What stands there may be published already, under an id that the store has made.
  const text = toSettingsText(head, !folder.hasSources);
  if (folder.publication === undefined) {
    writeFileSync(join(dir, 'publication.yaml'), text, { flag: 'wx' });
    print(`${join(dir, 'publication.yaml')}: written; read it through before you publish`);
  } else if (head.title !== folder.publication.title) {
    print(
      `${join(dir, 'publication.yaml')}: stays as it is; the feed says of itself:\n${text.replace(/^/gm, '  ').trimEnd()}`,
    );
  }
}

import type { Format } from '../../src/feeds/model.ts';
import { type ReadEntry, readDocument } from '../read-document.ts';
import { toToken } from './editor.ts';
import type { Listener, Polled } from './readers.ts';

/** Hears every answer, and knows what none may ever say after what others have said. */
export type Witness = Listener & {
  readonly polls: () => number;
  readonly failed: () => number;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What was wrong, each once. */
  readonly faults: ReadonlySet<string>;
  /** Each document seen: path and tag. */
  readonly documents: () => readonly (readonly [path: string, tag: string])[];
};

/**
 * With `isStoreSafe` false, entries may come back under other ids and dates, and whoever asks without a tag may be given
 * what the last edition's file holds, which is written a moment after the store.
 */
export function openWitness(isStoreSafe = true): Witness {
  const statuses = new Map<number, number>();
  const faults = new Set<string>();
  const texts = new Map<string, string>();
  const tagOfVersion = new Map<string, string>();
  const newest = new Map<string, number>();
  const ids = new Map<string, string>();
  const dates = new Map<string, number>();
  let polls = 0;
  let failed = 0;

  const demand = (holds: boolean, fault: () => string): void => void (holds || faults.add(fault()));
  const sawDocument = ({ path, text, tag, modified }: Polled): void => {
    const key = `${path} ${tag}`;
    const known = texts.get(key);
    demand(known === undefined || known === text, () => `${key}: two texts under one tag`);
    if (known !== undefined) return;
    texts.set(key, text);
    const version = `${path} ${modified}`;
    demand((tagOfVersion.get(version) ?? tag) === tag, () => `${key}: not the only tag of ${modified}`);
    tagOfVersion.set(version, tag);
    sawEntries(key, readDocument(toFormat(path), text).entries);
  };
  const sawEntries = (document: string, entries: readonly ReadEntry[]): void => {
    for (const by of [({ id }: ReadEntry) => id, ({ title }: ReadEntry) => toToken(title)]) {
      demand(new Set(entries.map(by)).size === entries.length, () => `${document}: an entry stands there twice`);
    }
    if (!isStoreSafe) return;
    for (const { id, title, published } of entries) {
      const token = toToken(title);
      demand((ids.get(token) ?? id) === id, () => `${document}: ${token} has another id`);
      demand((dates.get(id) ?? published) === published, () => `${document}: the date of ${token} has moved`);
      ids.set(token, id);
      dates.set(id, published);
    }
  };
  return {
    polls: () => polls,
    failed: () => failed,
    statuses,
    faults,
    documents: () => Array.from(texts.keys(), (key) => key.split(/ (.*)/) as unknown as readonly [string, string]),
    onFailure: (path, error) => {
      polls += 1;
      failed += 1;
      faults.add(`${path}: failed: ${error.message}`);
    },
    onAnswer: (reader, answer) => {
      polls += 1;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const { path, tag, modified, replica, had } = answer;
      demand(tag?.startsWith(`W/"${modified}-`) === true, () => `${path}: tag ${tag} with date ${modified}`);
      demand(answer.isDated, () => `${path}: ${tag} has no date`);
      demand(had === undefined || modified >= had, () => `${path}: a reader of ${had} was given ${modified}`);
      // Polls of different readers may overtake each other; those of one reader do not. In a 304 stands the date of
      // what the reader has.
      if (answer.status === 200) {
        const key = `${reader} ${replica} ${path}`;
        demand(
          !isStoreSafe || modified >= (newest.get(key) ?? 0),
          () => `${path}: ${replica} went back to ${modified}`,
        );
        newest.set(key, modified);
        sawDocument(answer);
      }
    },
  };
}

function toFormat(path: string): Format {
  return path.includes('rss') ? 'rss' : path.includes('atom') ? 'atom' : 'json';
}

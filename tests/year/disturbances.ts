import { renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Edit } from './article-edits.ts';
import type { Newsroom } from './newsroom.ts';

const breakFile: Edit = (room) => {
  const source = room.pickFile(({ story, kind }) => kind === 'list' || story!.id !== undefined);
  if (source === undefined) return undefined;
  source.isBroken = true;
  room.save(source);
  return `break ${source.path}`;
};

const mendFile: Edit = (room) => {
  const source = room.sources.find(({ isBroken, isAway }) => isBroken && !isAway);
  if (source === undefined || room.touched.has(source)) return undefined;
  source.isBroken = false;
  room.save(source);
  return `mend ${source.path}`;
};

const touch: Edit = (room) => {
  const seconds = room.desk.now / 1000;
  for (const { path } of room.sources.filter(({ isAway }) => !isAway))
    utimesSync(join(room.desk.dir, path), seconds, seconds);
  return 'touch every file';
};

export const fileTroubles: readonly Edit[] = [breakFile, mendFile, mendFile, mendFile, touch];

/** Something that happens to the machine: changes nothing that subscribers have. */
export type Disturbance = (room: Newsroom) => Promise<string>;

const unmount: Disturbance = async ({ desk, random }) => {
  renameSync(desk.dir, `${desk.dir}-away`);
  await expect(desk.refresh(random.whole(1, 3) * 3600)).rejects.toThrow(/data folder/);
  renameSync(`${desk.dir}-away`, desk.dir);
  return 'unmount the folder';
};

const loseSettings: Disturbance = async ({ desk }) => {
  renameSync(join(desk.dir, 'publication.yaml'), join(desk.dir, '.publication'));
  await expect(desk.refresh()).rejects.toThrow(/publication\.yaml is gone|expected files/);
  renameSync(join(desk.dir, '.publication'), join(desk.dir, 'publication.yaml'));
  return 'lose publication.yaml';
};

const restart: Disturbance = async ({ desk }) => {
  const before = new Map(desk.documents);
  await desk.restart();
  await desk.restore();
  expect([...desk.documents.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  for (const [path, document] of desk.documents) expect(document, path).toEqual(before.get(path));
  return 'restart';
};

export const disturbances: readonly Disturbance[] = [unmount, loseSettings, restart, restart];

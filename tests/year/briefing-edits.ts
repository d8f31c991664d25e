import type { Edit } from './article-edits.ts';
import { briefingTitle } from './model.ts';

const brief: Edit = (room) => {
  const text = room.wording.words(80);
  const briefing = room.sources.find(({ kind }) => kind === 'briefing');
  const lines = room.random.chance(60) ? room.newLines(room.random.whole(2, 5)) : [];
  const next = {
    version: { title: briefingTitle(text), text, tags: [] },
    story: room.story('article', briefingTitle(text)),
    lines,
  };
  if (briefing === undefined) {
    room.add({ kind: 'briefing', path: 'briefing.txt', ...next });
    return 'write briefing.txt';
  }
  if (briefing.isAway || briefing.isBroken || room.touched.has(briefing)) return undefined;
  room.save(Object.assign(briefing, next));
  return 'write the next briefing.txt';
};

const fixBriefing: Edit = (room) => {
  const briefing = room.pickFile(({ kind }) => kind === 'briefing');
  if (briefing === undefined) return undefined;
  const { text } = briefing.version!;
  briefing.version = {
    ...briefing.version!,
    text: room.random.chance(50) ? room.wording.fix(text) : room.wording.extend(text),
  };
  room.save(briefing);
  return 'edit briefing.txt';
};

const restoreBriefing: Edit = (room) => {
  const briefing = room.sources.find(({ kind, isAway }) => kind === 'briefing' && isAway);
  if (briefing === undefined || room.touched.has(briefing)) return undefined;
  briefing.isAway = false;
  // Its headlines have gone meanwhile; whether they come back is another edit's matter.
  briefing.lines = [];
  room.save(briefing);
  return 'restore briefing.txt';
};

/** Yesterday's briefing goes to the archive, and today's is written. */
const archiveBriefing: Edit = (room) => {
  const briefing = room.pickFile(({ kind, story }) => kind === 'briefing' && story!.id !== undefined);
  if (briefing === undefined) return undefined;
  const { version, story } = briefing;
  room.add({ kind: 'article', path: room.newPath('archive', '.md'), version, story });
  brief(room);
  return 'archive and write briefing.txt';
};

export const briefingEdits: readonly Edit[] = [brief, brief, fixBriefing, restoreBriefing, archiveBriefing];

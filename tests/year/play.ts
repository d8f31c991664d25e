import { Desk } from '../harness.ts';
import { articleEdits } from './article-edits.ts';
import { briefingEdits } from './briefing-edits.ts';
import { disturbances, fileTroubles } from './disturbances.ts';
import { look } from './expectation.ts';
import { fileEdits } from './file-edits.ts';
import { listEdits } from './list-edits.ts';
import { Newsroom } from './newsroom.ts';
import { toRandom } from './random.ts';
import { Subscriber } from './subscriber.ts';

const groups = [articleEdits, articleEdits, fileEdits, listEdits, listEdits, briefingEdits, fileTroubles];

/** So many looks are a year. */
export const looksInYear = 120;

/**
 * Plays a newsroom's history from its seed: edits, looks, mishaps. Rejects with what happened when subscribers get
 * anything but what they should.
 */
export async function playHistory(seed: number, looks: number = looksInYear): Promise<void> {
  const random = toRandom(seed);
  const desk = new Desk();
  const room = new Newsroom(desk, random);
  const subscriber = new Subscriber(desk);
  const diary: string[] = [];
  try {
    for (let turn = 1; turn <= looks; turn += 1) {
      desk.now += 1000 * (random.chance(30) ? random.whole(2, 600) : random.whole(600, 700_000));
      diary.push(`${turn}: ${new Date(desk.now).toISOString()}`);
      for (let edits = random.whole(1, 4); edits > 0; edits -= 1) {
        const done = random.pick(random.pick(groups))(room);
        if (done !== undefined) diary.push(`  ${done}`);
      }
      await desk.refresh(0);
      look(room.sources, room.stories, desk.now);
      room.forget();
      subscriber.read(room.stories);
      if (random.chance(8)) diary.push(`  ${await random.pick(disturbances)(room)}`);
      if (turn % 40 === 0) await subscriber.walk(room.stories);
    }
    await subscriber.walk(room.stories);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed}: ${told}\n${diary.slice(-40).join('\n')}`, { cause: error });
  } finally {
    await desk.restart();
  }
}

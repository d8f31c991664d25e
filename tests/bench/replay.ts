import { type Client, headerOf, openClient, toRequest } from './client.ts';
import type { Contender, Contenders } from './contenders.ts';
import { cpuMicroseconds } from './cpu.ts';
import { type Habit, habits } from './habits.ts';

/** What a day of subscribers costs one server, for each of them. */
export type DayFigures = {
  readonly server: string;
  readonly bytes: number;
  readonly cpuMicroseconds: number;
  readonly polls: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
};

type Subscriber = { readonly habit: Habit; readonly offset: number; tag?: string; date?: string };
type Tally = { bytes: number; cpu: number; polls: number; readonly statuses: Record<number, number> };

const hours = 24;
/** Hours between two new articles. */
const newsEvery = 4;
const connections = 32;

/**
 * Plays a day of six new articles, an hour at a time: all polls of that hour as fast as they are answered. `sample` is
 * the number of subscribers; all servers are asked the same. What it costs to publish is not counted.
 */
export async function replayDay({ all, publish }: Contenders, sample: number): Promise<readonly DayFigures[]> {
  const players = all.map((contender) => ({
    contender,
    subscribers: populate(sample),
    tally: { bytes: 0, cpu: 0, polls: 0, statuses: {} } as Tally,
  }));
  // Yesterday's last poll: whoever keeps validators has some.
  for (const { contender, subscribers, tally } of players)
    await play(contender, subscribers, { ...tally, statuses: {} });
  for (let hour = 0; hour < hours; hour += 1) {
    if (hour % newsEvery === 0) await publish();
    for (const { contender, subscribers, tally } of players) {
      await play(
        contender,
        subscribers.flatMap((one) => pollsOf(one, hour)),
        tally,
      );
    }
  }
  return players.map(({ contender, tally }) => ({
    server: contender.name,
    bytes: tally.bytes / sample,
    cpuMicroseconds: tally.cpu / sample,
    polls: tally.polls / sample,
    statuses: tally.statuses,
  }));
}

function populate(sample: number): readonly Subscriber[] {
  return habits.flatMap((habit) => {
    const count = Math.round((sample * habit.share) / 100);
    return Array.from({ length: count }, (_, n) => ({ habit, offset: (n / count) * habit.interval }));
  });
}

/** The subscriber once for each of its polls in this hour. */
function pollsOf(subscriber: Subscriber, hour: number): readonly Subscriber[] {
  const { interval } = subscriber.habit;
  const before = (minutes: number): number => Math.ceil((minutes - subscriber.offset) / interval);
  return Array<Subscriber>(Math.max(0, before((hour + 1) * 60) - before(hour * 60))).fill(subscriber);
}

async function play({ port, pid }: Contender, polls: readonly Subscriber[], tally: Tally): Promise<void> {
  const queue = [...polls];
  const before = cpuMicroseconds(pid);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = openClient(port);
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) await poll(client, next, tally);
      client.close();
    }),
  );
  tally.cpu += cpuMicroseconds(pid) - before;
}

async function poll(client: Client, subscriber: Subscriber, tally: Tally): Promise<void> {
  const { keeps, encodings, headers } = subscriber.habit;
  const sent = [...headers, 'Accept: */*'];
  if (encodings !== undefined) sent.push(`Accept-Encoding: ${encodings}`);
  if (keeps !== 'date' && keeps !== 'none' && subscriber.tag) sent.push(`If-None-Match: ${subscriber.tag}`);
  if (keeps !== 'tag' && keeps !== 'none' && subscriber.date) sent.push(`If-Modified-Since: ${subscriber.date}`);
  const { head, status, bytes } = await client.ask(toRequest('/rss.xml', sent));
  subscriber.tag = headerOf(head, 'etag') ?? subscriber.tag ?? '';
  subscriber.date = headerOf(head, 'last-modified') ?? subscriber.date ?? '';
  tally.bytes += bytes;
  tally.polls += 1;
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline } from '../../src/refresh.ts';
import { openStore } from '../../src/store/open.ts';
import { article, articleFile, writeCorpus } from './corpus.ts';

/** Milliseconds that refreshes of `count` articles take; those that can be repeated, several times. */
export type RefreshFigures = {
  readonly first: number;
  readonly unchanged: readonly number[];
  readonly oneChanged: readonly number[];
  /** From an open store to the first edition. */
  readonly restore: number;
};

/** Measures first, no-change and one-changed-file refreshes over real files and a real store. */
export async function measureRefresh(count: number, rounds: number): Promise<RefreshFigures> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  try {
    const dir = join(work, 'data');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(dir);
    writeCorpus(dir, count);
    const config = { DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com', REFRESH_CRON: '*/5 * * * *' };
    let clock = Date.now();
    const tick = (): number => clock;
    const store = openStore(`sqlite:${join(work, 'store.db')}`);
    const pipeline = new Pipeline(config, store, { clock: tick });
    const timed = async (): Promise<number> => {
      clock += 10_000;
      return (await pipeline.refresh())!.milliseconds;
    };
    const first = await timed();
    const unchanged: number[] = [];
    const oneChanged: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      unchanged.push(await timed());
      const n = count - 10 - round;
      writeFileSync(articleFile(dir, n), article(n, round));
      oneChanged.push(await timed());
    }
    await store.close();
    const reopened = openStore(`sqlite:${join(work, 'store.db')}`);
    const restored = await new Pipeline(config, reopened, { clock: tick }).restore();
    await reopened.close();
    return { first, unchanged, oneChanged, restore: restored!.milliseconds };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editorPause } from './archive-changes.ts';
import { eleventy } from './sites/eleventy.ts';
import { hugoFeeds, hugoWithPages } from './sites/hugo.ts';
import { jekyll } from './sites/jekyll.ts';
import { linecasterBuild, linecasterServe } from './sites/linecaster.ts';
import type { Run } from './sites/run.ts';
import { type Site, type SiteCorpus, type SiteMaker, siteCorpus } from './sites/site.ts';

/** What each round of a site took: everything anew, and then one new article. */
export type SiteFigures = { readonly name: string; readonly anew: readonly Run[]; readonly again: readonly Run[] };

/** The figures of what is installed, ours first, and the names of what is not. */
export type GeneratorFigures = { readonly sites: readonly SiteFigures[]; readonly missing: readonly string[] };

const makers: readonly SiteMaker[] = [linecasterServe, linecasterBuild, hugoFeeds, hugoWithPages, eleventy, jekyll];

/** A site that needs longer than this for everything has one round. */
const longest = 60_000;

/** Builds the same corpus with every program, in rounds that take turns. */
export async function measureGenerators(work: string, articles: number, rounds: number): Promise<GeneratorFigures> {
  const corpus = siteCorpus(articles);
  const all = makers.map(({ name, make }, index) => ({ name, site: make(newFolder(work, String(index)), corpus) }));
  const runs = all.flatMap(({ site }) => (site === undefined ? [] : [{ site, anew: [] as Run[], again: [] as Run[] }]));
  for (const { site } of runs) for (let n = 0; n < articles; n += 1) site.add(n);
  for (let round = 0; round < rounds; round += 1) {
    for (const { site, anew, again } of runs) {
      if (anew.some(({ milliseconds }) => milliseconds > longest)) continue;
      const both = await measureRound(site, corpus, articles);
      anew.push(both.anew);
      again.push(both.again);
    }
  }
  return {
    sites: runs.map(({ site, anew, again }) => ({ name: site.name, anew, again })),
    missing: all.filter(({ site }) => site === undefined).map(({ name }) => name),
  };
}

async function measureRound(
  site: Site,
  corpus: SiteCorpus,
  articles: number,
): Promise<{ readonly anew: Run; readonly again: Run }> {
  try {
    const anew = await site.buildAnew();
    await expectNewest(site, corpus, articles - 1);
    await sleep(editorPause);
    site.add(articles);
    const again = await site.buildAgain();
    await expectNewest(site, corpus, articles);
    site.remove(articles);
    return { anew, again };
  } finally {
    await site.close();
  }
}

/** A figure counts only when the feeds are there: fifty entries, and the newest article in its feeds. */
async function expectNewest(site: Site, corpus: SiteCorpus, n: number): Promise<void> {
  const { title, tags } = corpus.facts(n);
  for (const tag of [undefined, ...tags]) {
    const text = await site.feed(tag);
    const name = `${site.name}: the feed of ${tag ?? 'everything'}`;
    if (!text.includes(title)) throw new Error(`bench: ${name}: expected ${JSON.stringify(title)}`);
    const entries = text.match(/<(item|entry)[ >]/g)?.length ?? 0;
    if (tag === undefined && entries !== 50) throw new Error(`bench: ${name}: expected 50 entries, found ${entries}`);
  }
}

function newFolder(work: string, name: string): string {
  const dir = join(work, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

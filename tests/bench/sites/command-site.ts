import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, run } from './run.ts';
import { type Site, type SiteCorpus, writeFiles } from './site.ts';

/** What is different between programs that are run once and write files. */
export type CommandSite = {
  readonly name: string;
  readonly dir: string;
  readonly corpus: SiteCorpus;
  readonly command: Command;
  /** Where article `n` belongs. */
  readonly articleFile: (n: number) => string;
  /** What a build leaves behind. */
  readonly made: readonly string[];
  readonly feedFile: (tag: string | undefined) => string;
};

/** A site that a command makes; all paths are below its folder. */
export function commandSite({ name, dir, corpus, command, articleFile, made, feedFile }: CommandSite): Site {
  return {
    name,
    add: (n) => writeFiles(dir, { [articleFile(n)]: corpus.text(n) }),
    remove: (n) => rmSync(join(dir, articleFile(n))),
    buildAnew: () => {
      for (const path of made) rmSync(join(dir, path), { recursive: true, force: true });
      return run(command);
    },
    buildAgain: () => run(command),
    feed: async (tag) => readFileSync(join(dir, feedFile(tag)), 'utf8'),
    close: async () => undefined,
  };
}

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openClient, toRequest } from '../client.ts';
import { articleFile } from '../corpus.ts';
import { memoryOf } from '../memory.ts';
import { mainFile, type OwnServer, publicUrl, startOwnServer } from '../own-server.ts';
import { commandSite } from './command-site.ts';
import type { Run } from './run.ts';
import { type Site, type SiteCorpus, type SiteMaker, writeFiles } from './site.ts';

const publication = 'id: tag:example.com,2026:bench\ntitle: Bench\nlanguage: en\n';

/** The static export: pages, archives, and all feeds of tags and authors in three formats. */
export const linecasterBuild: SiteMaker = {
  name: 'Linecaster, build',
  make: (dir, corpus) => {
    writeFiles(dir, { 'data/publication.yaml': publication });
    return commandSite({
      name: 'Linecaster, build',
      dir,
      corpus,
      command: {
        file: process.execPath,
        args: [mainFile, 'build', '--out', 'site'],
        cwd: dir,
        env: { DATA_DIR: 'data', STORE_URL: 'sqlite:store/store.db', PUBLIC_URL: publicUrl },
      },
      articleFile: (n) => articleFile('data', n),
      made: ['site', 'store'],
      feedFile: (tag) => `site${feedPath(tag)}`,
    });
  },
};

/** The server: from its start to the first edition, then one refresh of the same process; with all feeds, asked at once. */
export const linecasterServe: SiteMaker = {
  name: 'Linecaster, serve',
  make: (dir, corpus) => {
    writeFiles(dir, { 'data/publication.yaml': publication });
    return serveSite(dir, corpus);
  },
};

function serveSite(dir: string, corpus: SiteCorpus): Site {
  let server: OwnServer | undefined;
  const feed = async (tag?: string): Promise<string> => {
    const client = openClient(server!.port);
    const { body } = await client.ask(toRequest(feedPath(tag)));
    client.close();
    return body.toString();
  };
  const refresh = async (begin: () => Promise<void>): Promise<Run> => {
    const started = performance.now();
    await begin();
    await server!.refreshed();
    // What nobody asks for is not made. All at once, as the others make them.
    await Promise.all([undefined, ...corpus.tags].map(feed));
    return { milliseconds: performance.now() - started, peak: memoryOf(server!.pid).peak };
  };
  return {
    name: 'Linecaster, serve',
    add: (n) => writeFiles(dir, { [articleFile('data', n)]: corpus.text(n) }),
    remove: (n) => rmSync(articleFile(join(dir, 'data'), n)),
    buildAnew: async () => {
      await server?.stop();
      rmSync(join(dir, 'store'), { recursive: true, force: true });
      mkdirSync(join(dir, 'store'));
      return refresh(async () => {
        server = await startOwnServer({ DATA_DIR: join(dir, 'data'), STORE_URL: `sqlite:${dir}/store/store.db` });
      });
    },
    buildAgain: () => refresh(async () => void process.kill(server!.pid, 'SIGHUP')),
    feed,
    close: async () => server?.stop(),
  };
}

function feedPath(tag: string | undefined): string {
  return tag === undefined ? '/rss.xml' : `/tags/${tag.replace('_', '-')}/rss.xml`;
}

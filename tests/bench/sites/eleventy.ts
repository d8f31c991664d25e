import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { commandSite } from './command-site.ts';
import { versionOf } from './run.ts';
import { type SiteMaker, writeFiles } from './site.ts';

// Its plug-in makes one feed of one collection at a time; every tag is a collection.
const toConfig = (tags: readonly string[]): string => `import { feedPlugin } from '@11ty/eleventy-plugin-rss';
const feeds = { posts: '/feed.xml', ${tags.map((tag) => `${tag}: '/tags/${tag}/feed.xml'`).join(', ')} };
export default function (eleventyConfig) {
  for (const [name, outputPath] of Object.entries(feeds)) {
    eleventyConfig.addPlugin(feedPlugin, {
      type: 'atom',
      inputPath: \`feed-\${name}.njk\`,
      outputPath,
      collection: { name, limit: 50 },
      metadata: { title: 'Bench', language: 'en', base: 'https://news.example.com/', author: { name: 'Bench' } },
    });
  }
}
`;

const layout = `<!doctype html>
<title>{{ title }}</title>
<h1>{{ title }}</h1>
{{ content | safe }}
`;

/** Eleventy with its RSS plug-in, of the folder ELEVENTY_DIR that npm installed both in: pages, and Atom with whole articles. */
export const eleventy: SiteMaker = {
  name: 'Eleventy, RSS plug-in',
  make: (dir, corpus) => {
    const modules = join(process.env.ELEVENTY_DIR ?? '', 'node_modules');
    const cli = join(modules, '@11ty', 'eleventy', 'cmd.cjs');
    if (process.env.ELEVENTY_DIR === undefined || !existsSync(cli)) return undefined;
    const version = versionOf(process.execPath, [cli, '--version']);
    writeFiles(dir, {
      'eleventy.config.mjs': toConfig(corpus.tags),
      '_includes/post.njk': layout,
      'posts/posts.json': JSON.stringify({ layout: 'post.njk', tags: 'posts' }),
    });
    symlinkSync(modules, join(dir, 'node_modules'));
    return commandSite({
      name: `Eleventy ${version}, RSS plug-in`,
      dir,
      corpus,
      command: { file: process.execPath, args: [cli, '--quiet'], cwd: dir },
      articleFile: (n) => `posts/part-${Math.floor(n / 1000)}/article-${n}.md`,
      made: ['_site', '.cache'],
      feedFile: (tag) => (tag === undefined ? '_site/feed.xml' : `_site/tags/${tag}/feed.xml`),
    });
  },
};

import { commandSite } from './command-site.ts';
import { versionOf } from './run.ts';
import { type SiteMaker, writeFiles } from './site.ts';

const config = `title: Bench
url: https://news.example.com
plugins: [jekyll-feed]
feed: { posts_limit: 50, tags: true }
defaults:
  - scope: { type: posts }
    values: { layout: post }
`;

const layout = `<!doctype html>
<title>{{ page.title }}</title>
<h1>{{ page.title }}</h1>
{{ content }}
`;

/** Jekyll with jekyll-feed: pages, and Atom with whole articles. */
export const jekyll: SiteMaker = {
  name: 'Jekyll, jekyll-feed',
  make: (dir, corpus) => {
    const version = versionOf('jekyll', ['--version']);
    if (version === undefined) return undefined;
    writeFiles(dir, { '_config.yml': config, '_layouts/post.html': layout });
    return commandSite({
      name: `Jekyll ${version}, jekyll-feed`,
      dir,
      corpus,
      command: { file: 'jekyll', args: ['build', '--quiet'], cwd: dir },
      articleFile: (n) => `_posts/${corpus.facts(n).day}-article-${n}.md`,
      made: ['_site', '.jekyll-cache'],
      feedFile: (tag) => (tag === undefined ? '_site/feed.xml' : `_site/feed/by_tag/${tag}.xml`),
    });
  },
};

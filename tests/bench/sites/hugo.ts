import { commandSite } from './command-site.ts';
import { versionOf } from './run.ts';
import { type SiteMaker, writeFiles } from './site.ts';

// Hugo's own RSS template, which carries summaries.
const config = `baseURL = "https://news.example.com/"
title = "Bench"
[services.rss]
limit = 50
`;

const page = (main: string): string => `<!doctype html>
<title>{{ .Title }}</title>
<h1>{{ .Title }}</h1>
${main}
`;

// Lists as long as ours, so that a home page of ten thousand lines is nobody's burden.
const pageLayouts = {
  'layouts/_default/single.html': page('{{ .Content }}'),
  'layouts/_default/list.html': page(
    '{{ range first 50 .Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}',
  ),
};

/** Hugo with its own feeds; without layouts for pages it makes the feeds only. */
function hugo(kind: string, layouts: Readonly<Record<string, string>>): SiteMaker {
  return {
    name: `Hugo, ${kind}`,
    make: (dir, corpus) => {
      const version = versionOf('hugo', ['version']);
      if (version === undefined) return undefined;
      writeFiles(dir, { 'config.toml': config, ...layouts });
      return commandSite({
        name: `Hugo ${version}, ${kind}`,
        dir,
        corpus,
        command: { file: 'hugo', args: ['--quiet'], cwd: dir },
        articleFile: (n) => `content/posts/part-${Math.floor(n / 1000)}/article-${n}.md`,
        made: ['public', 'resources'],
        feedFile: (tag) => (tag === undefined ? 'public/index.xml' : `public/tags/${tag}/index.xml`),
      });
    },
  };
}

export const hugoWithPages: SiteMaker = hugo('with pages', pageLayouts);
export const hugoFeeds: SiteMaker = hugo('feeds only', {});

import { markedReferences, resolveMarks } from '../content/marks.ts';
import type { Site } from '../feeds/site.ts';
import { type Instant, toInstant } from '../lib/instant.ts';
import { slugify } from '../lib/slug.ts';
import { type AbsoluteUrl, basePath, toAbsoluteUrl } from '../lib/url.ts';
import { renderEntryPage } from '../pages/entry-page.ts';
import type { Page } from '../pages/render.ts';
import { isSource, roleOf } from '../source/roles.ts';
import { optionalFacts } from '../store/articles.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import type { Entry } from '../store/records.ts';
import { candidates } from '../store/targets.ts';
import type { Desk } from './desk.ts';
import { findOnDisk } from './on-disk.ts';
import type { FilePreview } from './preview.ts';

type Article = NonNullable<FilePreview['article']>;

/** Where previews of files are, below PUBLIC_URL. */
const folder = '/-/preview/';

/** An article's page as it will be, with pictures and links that lead to what lies in the data folder now. */
export async function renderPreview(
  { config, terms }: Desk,
  site: Site,
  file: FilePreview,
  article: Article,
): Promise<Page> {
  const { draft, content } = article;
  const references = [...markedReferences(content.html), ...draft.media.map(({ url }) => url)];
  const address = `${site.publicUrl}${folder}${encodePath(file.path)}`;
  const urls = await resolveReferences(config.DATA_DIR, site, file.path, references);
  const html = resolveMarks(content.html, (reference) => urls.get(reference) ?? toAbsoluteUrl(reference, address));
  const media = draft.media.map((one) => ({ ...one, url: urls.get(one.url) ?? one.url }));
  const entry = { ...toEntry(article, toInstant(Date.now())), media };
  const notice = {
    text: `Preview of ${file.path}: ${file.how}. ${stateOf(article)}`,
    href: `${basePath(config.PUBLIC_URL)}${folder}${encodePath(file.path)}?reading`,
    label: 'How it was read',
  };
  const page = renderEntryPage(site, entry, { html }, terms, {}, notice);
  // Credentials go to the name under which the preview is looked at, and to no other.
  return { ...page, html: page.html.replaceAll(site.publicUrl + folder, basePath(config.PUBLIC_URL) + folder) };
}

/** What would become of the article now, in a sentence. */
export function stateOf({ draft }: Pick<Article, 'draft'>): string {
  const now = Date.now();
  if (draft.draft) return 'It is not published.';
  if (draft.expires !== undefined && draft.expires <= now) return 'It has expired: it is not published.';
  if (draft.page) return 'It is a page of the site: it is not published, unless it is already.';
  const date = draft.date ?? draft.day;
  if (date !== undefined && date > now) {
    return `It is published on ${new Date(date).toISOString()}, unless it is already.`;
  }
  return 'It is published with the next refresh, if it is not already.';
}

function toEntry({ draft, content }: Article, now: Instant): Entry {
  const slug = slugify(draft.slug?.text ?? '') || slugify(content.title) || 'preview';
  const published = draft.date ?? draft.day ?? now;
  const id = `preview:${draft.file}`;
  return {
    id,
    atomId: id,
    kind: 'article',
    status: 'live',
    key: '',
    file: draft.file,
    path: `/articles/${slug}`,
    firstSeen: now,
    published,
    updated: draft.updated ?? published,
    revision: 0,
    changed: now,
    title: content.title,
    authors: draft.authors,
    tags: draft.tags,
    media: [],
    targets: {},
    ...optionalFacts({ draft, content }),
  };
}

/** Where the references lead that mean files of the data folder. */
async function resolveReferences(
  dir: string,
  site: Site,
  file: string,
  references: readonly string[],
): Promise<ReadonlyMap<string, AbsoluteUrl>> {
  const urls = new Map<string, AbsoluteUrl>();
  for (const reference of new Set(references)) {
    if (toAbsoluteUrl(reference) !== undefined) continue;
    const [, written = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(reference)!;
    const path = decodePath(written);
    const found = path ? await firstFile(dir, candidates(file, path)) : undefined;
    if (found !== undefined)
      urls.set(reference, `${site.publicUrl}${folder}${encodePath(found)}${rest}` as AbsoluteUrl);
  }
  return urls;
}

async function firstFile(dir: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const role = roleOf(path);
    if ((role === 'media' || isSource(role)) && (await findOnDisk(dir, path)) !== undefined) return path;
  }
  return undefined;
}

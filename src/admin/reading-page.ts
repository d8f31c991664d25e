import { hasError } from '../lib/problem.ts';
import { type Desk, previewHref, renderAdminPage, toAdminPage } from './desk.ts';
import { type FilePreview, previewFile } from './preview.ts';
import { renderPreview, stateOf } from './preview-page.ts';
import type { AdminPage } from './questions.ts';
import { timesOf } from './when.ts';

/**
 * A file as the next refresh would read it: an article's page; or with `isReading`, and where there is no such page,
 * what was understood of the file. Undefined when there is no such file; rejects as long as nothing was ever published.
 */
export async function renderFilePage(desk: Desk, path: string, isReading: boolean): Promise<AdminPage | undefined> {
  const { site, config } = desk;
  // Its settings are in the store, and without them no file can be read.
  if (site === undefined)
    throw new Error('expected a publication, found none: there is one once a refresh went through');
  const file = await previewFile(config.DATA_DIR, path, site);
  if (file === undefined) return undefined;
  if (isReading || file.article === undefined || hasError(file.problems)) return renderReading(desk, file);
  return toAdminPage(config, await renderPreview(desk, site, file, file.article));
}

function renderReading(desk: Desk, { path, how, problems, article, headlines }: FilePreview): AdminPage {
  const when = timesOf(desk.site);
  const dateOf = (at: number | undefined): string | undefined => (at === undefined ? undefined : when(at).text);
  const day = dateOf(article?.draft.day);
  return renderAdminPage(desk, path, 'reading', {
    path,
    how,
    problems,
    article: article && {
      title: article.content.title,
      state: stateOf(article),
      href: previewHref(desk.config, path),
      facts: Object.entries({
        Date:
          dateOf(article.draft.date) ??
          (day === undefined ? 'none: when it is first published' : `none: ${day}, by its path, if it is new`),
        Updated: dateOf(article.draft.updated),
        Expires: dateOf(article.draft.expires),
        Authors: article.draft.authors.map(({ name }) => name).join(', '),
        Tags: article.draft.tags.join(', '),
        Summary: article.content.summary,
        'Leads to': article.draft.link,
      }).filter(([, value]) => value !== undefined && value !== ''),
    },
    headlines: headlines.map(({ title, struck, date, tags, link }) => ({
      title,
      struck,
      facts: [dateOf(date), tags.join(', '), link].filter((fact) => fact !== undefined && fact !== ''),
    })),
  });
}

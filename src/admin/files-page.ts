import { type Desk, previewHref, renderAdminPage } from './desk.ts';
import type { StandingProblem } from './journal.ts';
import { problemRows } from './problem-rows.ts';
import type { AdminPage } from './questions.ts';
import { timesOf } from './when.ts';

/** How many files, and how many drafts and the like, one page lists. */
const most = 200;

/** What is still to come, what is wrong, and how each file was read, from the first after a path. */
export async function renderFilesPage(
  desk: Desk,
  after: string | undefined,
  standing: readonly StandingProblem[],
): Promise<AdminPage> {
  const { store, config } = desk;
  // One more than is listed tells whether there are more.
  const limit = most + 1;
  const isFirst = after === undefined;
  const [drafts, scheduled, files] = await Promise.all([
    isFirst ? store.files({ only: 'drafts', limit }) : [],
    isFirst ? store.scheduled(limit) : [],
    store.files({ limit, ...(isFirst ? {} : { after }) }),
  ]);
  const when = timesOf(desk.site);
  const hrefOf = (path: string): string => previewHref(config, path);
  const last = files.length > most ? files[most - 1] : undefined;
  return renderAdminPage(desk, 'Preview', 'files', {
    isFirst,
    most,
    drafts: drafts.slice(0, most).map(({ path, how }) => ({ path, how, href: hrefOf(path) })),
    hasMoreDrafts: drafts.length > most,
    scheduled: scheduled.slice(0, most).map(({ published, title, file }) => ({
      at: when(published),
      title,
      file,
      href: hrefOf(file),
    })),
    hasMoreScheduled: scheduled.length > most,
    ...(await problemRows(desk, isFirst ? standing : [])),
    files: files.slice(0, most).map(({ path, how }) => ({ path, how, href: `${hrefOf(path)}?reading` })),
    more: last && `?after=${encodeURIComponent(last.path)}`,
  });
}

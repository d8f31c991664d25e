import { encodePath } from '../store/paths.ts';
import { type Desk, prefixOf, renderAdminPage } from './desk.ts';
import type { AdminPage } from './questions.ts';
import { timesOf } from './when.ts';

/** How many files, and how many drafts and the like, one page lists. */
const most = 200;

/** What is still to come, what is wrong, and how each file was read, from the first after a path. */
export async function renderFilesPage(desk: Desk, after: string | undefined): Promise<AdminPage> {
  const { store, config } = desk;
  const limit = most;
  const isFirst = after === undefined;
  const [drafts, scheduled, faulty, files] = await Promise.all([
    isFirst ? store.files({ only: 'drafts', limit }) : [],
    isFirst ? store.scheduled(limit) : [],
    isFirst ? store.files({ only: 'faulty', limit }) : [],
    store.files({ limit, ...(isFirst ? {} : { after }) }),
  ]);
  const when = timesOf(desk.site);
  const hrefOf = (path: string): string => `${prefixOf(config)}/-/preview/${encodePath(path)}`;
  const last = files.length === most ? files.at(-1) : undefined;
  return renderAdminPage(desk, 'Preview', 'files', {
    isFirst,
    drafts: drafts.map(({ path, how }) => ({ path, how, href: hrefOf(path) })),
    scheduled: scheduled.map(({ published, title, file }) => ({
      at: when(published),
      title,
      file,
      href: hrefOf(file),
    })),
    problems: faulty.flatMap(({ path, problems }) => problems.map((one) => ({ ...one, href: hrefOf(path) }))),
    files: files.map(({ path, how }) => ({ path, how, href: `${hrefOf(path)}?reading` })),
    more: last && `?after=${encodeURIComponent(last.path)}`,
  });
}

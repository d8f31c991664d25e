import { isSource, roleOf } from '../source/roles.ts';
import { type Desk, previewHref } from './desk.ts';
import type { StandingProblem } from './journal.ts';
import { findOnDisk } from './on-disk.ts';
import { timesOf, type When } from './when.ts';

/** How many problems a page lists; the status has all. */
const most = 200;

/** Problems as a page shows them; `href` where the file can be looked at. */
export type ProblemRows = {
  readonly problems: readonly (Omit<StandingProblem, 'since'> & { readonly since: When; readonly href?: string })[];
  /** How many there are besides. */
  readonly otherProblems: number;
};

/** What is wrong now, the first of it. */
export async function problemRows(
  { config, site }: Pick<Desk, 'config' | 'site'>,
  standing: readonly StandingProblem[],
): Promise<ProblemRows> {
  const when = timesOf(site);
  const problems = standing.slice(0, most).map(async (one) => {
    // Of what is not read there is nothing to be shown of how that was done.
    const hasPage = isSource(roleOf(one.file)) && (await findOnDisk(config.DATA_DIR, one.file)) !== undefined;
    return { ...one, since: when(one.since), ...(hasPage ? { href: previewHref(config, one.file) } : {}) };
  });
  return { problems: await Promise.all(problems), otherProblems: standing.length - problems.length };
}

import type { Config } from '../config.ts';
import { type Clerk, openClerk } from '../lib/clerk.ts';
import type { FoundPage, PageQuestion } from './page-desk.ts';

/** The read-only worker that finds pages in the store, as the main thread sees it. */
export function openPageClerk(config: Config): Clerk<PageQuestion, FoundPage | undefined> {
  const script = new URL('./page-worker.ts', import.meta.url);
  return openClerk({ script, workerData: config, name: 'pages' });
}

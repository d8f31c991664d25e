import type { StoreFacts } from './status.ts';

/** What the admin's worker is asked. */
export type AdminQuestion = { readonly ask: 'store' };

/** What it answers to each. */
export type AdminFound = StoreFacts;

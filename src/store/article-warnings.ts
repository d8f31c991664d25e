import type { Problem } from '../lib/problem.ts';
import type { Article } from './articles.ts';
import type { Identity } from './identity.ts';
import type { PathChoice } from './paths.ts';
import { isAnother } from './predecessors.ts';
import type { Entry, EntryText } from './records.ts';

/** What an article was before. */
export type Previous = { readonly entry: Entry | undefined; readonly text: EntryText | undefined };

/** What an editor should hear of an article that was published all the same. */
export function warnOf(
  { draft, content }: Article,
  { entry, text }: Previous,
  asked: Identity | undefined,
  choice: PathChoice,
): readonly Problem[] {
  const problems: Problem[] = [];
  const warn = (message: string, line = draft.line): void => {
    problems.push({ severity: 'warning', file: draft.file, line, message });
  };
  if (entry !== undefined && asked !== undefined && asked.id !== entry.id) {
    warn(
      `expected the id that this was published with, found ${JSON.stringify(asked.id)}: ${entry.id} stays`,
      draft.lines?.id,
    );
  }
  if (choice.refused !== undefined) {
    warn(
      `expected a path that is free, found ${choice.refused}, which is taken or reserved: the page is at ${choice.path}`,
      draft.lines?.path,
    );
  }
  if (entry?.status === 'live' && text !== undefined && isAnother(text, content)) {
    warn(
      'expected an edit, found hardly a word of what was there: readers take it for the same article; a new one needs a new file',
    );
  }
  return problems;
}

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
  const messages: string[] = [];
  if (entry !== undefined && asked !== undefined && asked.id !== entry.id) {
    messages.push(`expected the id that this was published with, found ${JSON.stringify(asked.id)}: ${entry.id} stays`);
  }
  if (choice.refused !== undefined) {
    messages.push(
      `expected a path that is free, found ${choice.refused}, which is taken or reserved: the page is at ${choice.path}`,
    );
  }
  if (entry?.status === 'live' && text !== undefined && isAnother(text, content)) {
    messages.push(
      'expected an edit, found hardly a word of what was there: readers take it for the same article; a new one needs a new file',
    );
  }
  return messages.map((message) => ({ severity: 'warning', file: draft.file, line: draft.line, message }));
}

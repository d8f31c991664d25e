import { hasError } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import type { Publication } from '../publication.ts';
import type { FileReading } from './article-file.ts';
import { frontFields, isDraft } from './front-fields.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readDataList, readTextList, splitDataList } from './headline-file.ts';
import type { ListReading } from './headline-list.ts';
import { toListDefaults } from './list-defaults.ts';
import { extensionOf } from './roles.ts';

const textTypes = ['.txt', '.md', '.markdown'];

/** A headline list of any kind. What its front matter, or the top of its data, says holds for every headline. */
export function readListFile(file: string, text: PlainText, settings: Publication): FileReading {
  const type = extensionOf(file);
  return textTypes.includes(type) ? readTyped(file, text, type, settings) : readData(file, text, type, settings);
}

function readTyped(file: string, text: PlainText, type: string, settings: Publication): FileReading {
  const matter = splitFrontMatter(text);
  if ('message' in matter) return unreadable(file, matter.line, matter.message);
  const fields = frontFields(file, matter.data);
  const defaults = toListDefaults(fields, settings);
  if (isDraft(fields) || hasError(fields.problems)) return summarize({ drafts: [], problems: fields.problems });
  const list = readTextList(matter.body, type, matter.line, defaults);
  return summarize({ drafts: list.drafts, problems: [...fields.problems, ...list.problems] });
}

function readData(file: string, text: PlainText, type: string, settings: Publication): FileReading {
  const data = splitDataList(text, type);
  const fields = frontFields(file, data.located);
  const list = readDataList(data, toListDefaults(fields, settings));
  const isHeld = isDraft(fields) || hasError(fields.problems);
  return summarize({ drafts: isHeld ? [] : list.drafts, problems: [...fields.problems, ...list.problems] });
}

function summarize({ drafts, problems }: ListReading): FileReading {
  return { how: `a list of ${drafts.length} headline${drafts.length === 1 ? '' : 's'}`, drafts, problems };
}

function unreadable(file: string, line: number, message: string): FileReading {
  return { how: 'a list that cannot be read', drafts: [], problems: [{ severity: 'error', file, line, message }] };
}

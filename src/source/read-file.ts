import type { Problem } from '../lib/problem.ts';
import { isBlank, type PlainText } from '../lib/text.ts';
import type { Publication } from '../publication.ts';
import { type FileReading, readMarkupFile, readTextFile } from './article-file.ts';
import { type AuthorKeys, resolveAuthors } from './author-keys.ts';
import { excessOf } from './bounds.ts';
import { decode } from './decode.ts';
import { draftMark } from './draft-mark.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readListFile } from './list-file.ts';
import { readMetaLines } from './meta-lines.ts';
import { extensionOf, roleOf } from './roles.ts';

/**
 * One source file's bytes as drafts: articles, then headlines in the file's order. Pure, and never throws: what is wrong
 * is a problem with its line. An article with an error is not among the drafts; a bad line of a list harms only itself.
 */
export function readSourceFile(
  file: string,
  bytes: Uint8Array,
  publication: Publication,
  authors: readonly AuthorKeys[] = [],
): FileReading {
  const decoded = decode(bytes);
  if ('reason' in decoded) return unreadable(file, undefined, decoded.reason);
  if (isBlank(decoded.text)) return unreadable(file, undefined, 'expected text, found an empty file');
  const readText = roleOf(file) === 'headlines' ? readListFile : readArticleFile;
  const reading = guard(file, () => withinBounds(withAuthors(readText(file, decoded.text, publication), authors)));
  const isDraft = reading.drafts.some((draft) => draft.kind === 'article' && draft.draft);
  const how = isDraft ? reading.how + draftMark : reading.how;
  return { ...reading, how, problems: limitProblems(file, reading.problems) };
}

// A fault of ours must harm no more than the file that brought it out.
function guard(file: string, read: () => FileReading): FileReading {
  try {
    return read();
  } catch (error) {
    return unreadable(file, undefined, `expected to read it, found a fault in the reader: ${error}`);
  }
}

function withAuthors(reading: FileReading, known: readonly AuthorKeys[]): FileReading {
  if (known.length === 0) return reading;
  const drafts = reading.drafts.map((draft) => ({
    ...draft,
    authors: resolveAuthors(draft.file, draft.authors, known),
  }));
  return { ...reading, drafts };
}

function withinBounds({ how, drafts, problems }: FileReading): FileReading {
  const excesses = drafts.flatMap((draft): readonly Problem[] => {
    const message = excessOf(draft);
    return message === undefined ? [] : [{ severity: 'error', file: draft.file, line: draft.line, message }];
  });
  if (excesses.length === 0) return { how, drafts, problems };
  return { how, drafts: drafts.filter((draft) => excessOf(draft) === undefined), problems: [...problems, ...excesses] };
}

// A file that is wrong throughout is one fault of its editor's, not a million.
const mostProblems = 100;

function limitProblems(file: string, problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const message = `expected better, found ${problems.length - mostProblems} problems more`;
  const ordered = [...problems].sort((a, b) => a.severity.localeCompare(b.severity, 'en'));
  return [...ordered.slice(0, mostProblems), { severity: ordered[0]!.severity, file, message }];
}

function readArticleFile(file: string, text: PlainText, publication: Publication): FileReading {
  const matter = splitFrontMatter(text);
  if ('message' in matter) return unreadable(file, matter.line, matter.message);
  const type = extensionOf(file);
  if (type === '.txt') return readTextFile(file, matter, publication);
  if (type === '.html') return readMarkupFile(file, 'html', matter, publication);
  const head = matter.data === undefined ? readMetaLines(matter.body) : undefined;
  if (head !== undefined && 'message' in head) return unreadable(file, head.line, head.message);
  return readMarkupFile(file, 'markdown', head ?? matter, publication);
}

function unreadable(file: string, line: number | undefined, message: string): FileReading {
  const problem: Problem = { severity: 'error', file, message, ...(line === undefined ? {} : { line }) };
  return { how: 'unreadable', drafts: [], problems: [problem] };
}

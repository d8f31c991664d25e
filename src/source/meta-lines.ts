import { type PlainText, toLine } from '../lib/text.ts';
import { type FrontMatter, longestFrontMatter } from './front-matter.ts';
import type { Unreadable } from './located.ts';

const opening = /^\s*(?:(?=title:)|(<!--)[ \t]*\n(?=\.\. title:))/i;
const keyLine = /^(?:\.\. )?([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?$/;
const ordinary = ['date', 'slug', 'category', 'tags', 'author', 'authors', 'summary'];

/**
 * The head that Pelican and MultiMarkdown give a file: lines `Title: …`, `Date: …` up to a blank one or `---`, values as
 * they are typed, indented lines going on; or Nikola's, lines `.. title: …` in a comment. Undefined when the text has
 * none: it begins with a title and has a key of theirs besides. Unreadable when its comment is never closed.
 */
export function readMetaLines(text: PlainText): FrontMatter | Unreadable | undefined {
  const [before, comment] = opening.exec(text) ?? [];
  if (before === undefined) return undefined;
  const start = before.length;
  const end = comment === undefined ? /^(?:---|\.\.\.)?\s*$/ : /^\s*-->\s*$/;
  const firstLine = text.slice(0, start).split('\n').length;
  const values = new Map<string, string[]>();
  const lines = new Map<string, number>();
  let key = '';
  let at = start;
  let line = firstLine;
  let isClosed = comment === undefined;
  for (; at < text.length; line += 1) {
    const next = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    const written = text.slice(at, next);
    at = next + 1;
    if (end.test(written)) {
      isClosed = true;
      break;
    }
    const [, name, value = ''] = keyLine.exec(written) ?? [];
    if (name !== undefined) {
      key = name.toLowerCase();
      values.set(key, [value]);
      lines.set(key, line);
    } else if (/^(?:[ \t]|$)/.test(written)) values.get(key)!.push(written);
    else return undefined;
  }
  if (!isClosed) return { message: 'front matter: expected a closing -->, found the end of the file', line: firstLine };
  if (at - start > longestFrontMatter || !ordinary.some((name) => values.has(name))) return undefined;
  const data = {
    value: toFields(
      Array.from(values, ([name, parts]) => [name, toLine(parts.join(' '))]),
      comment !== undefined,
    ),
    lineOf: ([name]: readonly (string | number)[]) => lines.get(String(name)) ?? firstLine,
    warnings: [],
  };
  return { data, body: text.slice(at) as PlainText, line: line + 1 };
}

/** As Pelican means them: several authors in one line. */
function toFields(
  written: readonly (readonly [string, string])[],
  isNikola: boolean,
): Readonly<Record<string, unknown>> {
  const { author, authors, tags, ...rest } = Object.fromEntries(written);
  return {
    ...rest,
    authors: toNames(authors ?? author ?? ''),
    ...(tags === undefined ? {} : { tags: toNames(tags) }),
    // Nikola's older way to say so.
    ...(isNikola && toNames(tags ?? '').some((tag) => /^(?:draft|private)$/i.test(tag)) ? { draft: true } : {}),
  };
}

/** `Ada Example, Bo`, or `Example, Ada; Bo`: where there are semicolons, commas are the names' own. */
function toNames(text: string): readonly string[] {
  const names = text.split(text.includes(';') ? ';' : ',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

import { type PlainText, toLine } from '../lib/text.ts';
import { type FrontMatter, longestFrontMatter } from './front-matter.ts';

const keyLine = /^([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?$/;
const ordinary = ['date', 'slug', 'category', 'tags', 'author', 'authors', 'summary'];

/**
 * The head that Pelican and MultiMarkdown give a file: lines `Title: …`, `Date: …` up to a blank one or `---`, values as
 * they are typed, indented lines going on. Undefined when the text has none: it begins with a title and has a key of
 * theirs besides.
 */
export function readMetaLines(text: PlainText): FrontMatter | undefined {
  const start = /^\s*(?=title:)/i.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  const firstLine = text.slice(0, start).split('\n').length;
  const values = new Map<string, string[]>();
  const lines = new Map<string, number>();
  let key = '';
  let at = start;
  let line = firstLine;
  for (; at < text.length; line += 1) {
    const end = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    const written = text.slice(at, end);
    at = end + 1;
    if (/^(?:---|\.\.\.)?\s*$/.test(written)) break;
    const [, name, value = ''] = keyLine.exec(written) ?? [];
    if (name !== undefined) {
      key = name.toLowerCase();
      values.set(key, [value]);
      lines.set(key, line);
    } else if (/^[ \t]/.test(written)) values.get(key)!.push(written);
    else return undefined;
  }
  if (at - start > longestFrontMatter || !ordinary.some((name) => values.has(name))) return undefined;
  const data = {
    value: toFields(Array.from(values, ([name, parts]) => [name, toLine(parts.join(' '))])),
    lineOf: ([name]: readonly (string | number)[]) => lines.get(String(name)) ?? firstLine,
    warnings: [],
  };
  return { data, body: text.slice(at) as PlainText, line: line + 1 };
}

/** As Pelican means them: several authors in one line. */
function toFields(written: readonly (readonly [string, string])[]): Readonly<Record<string, unknown>> {
  const { author, authors, tags, ...rest } = Object.fromEntries(written);
  return {
    ...rest,
    authors: toNames(authors ?? author ?? ''),
    ...(tags === undefined ? {} : { tags: toNames(tags) }),
  };
}

/** `Ada Example, Bo`, or `Example, Ada; Bo`: where there are semicolons, commas are the names' own. */
function toNames(text: string): readonly string[] {
  const names = text.split(text.includes(';') ? ';' : ',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

import { type PlainText, toLine } from '../lib/text.ts';
import { compact } from './compact.ts';
import { toSuffixLanguage } from './language.ts';
import { titleFromFileName } from './titles.ts';

/** What the name of an article's file says. */
export type FileName = {
  /** The name without its day, language and extension; the folder's for a bundle (`name/index.md`). */
  readonly slug: string;
  /** `2026-02-08`, not yet known to exist. */
  readonly day?: string;
  readonly language?: string;
};

/** Reads the names that Jekyll (`2026-02-08-name.md`), Hugo and Zola (`name/index.md`, `name.fr.md`) give a meaning. */
export function readFileName(path: string): FileName {
  const { name, language } = splitName(path);
  const dated = /^(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(.+))?$/.exec(name);
  return compact<FileName>({ slug: toLine(dated?.[2] ?? name), day: dated?.[1], language });
}

/** The title of an article for which nothing else yields one. */
export function titleOfName(path: string): PlainText {
  return titleFromFileName(`${splitName(path).name}.md`);
}

/** The path that other generators make an address of: without `index`, language and extension. */
export function addressOfFile(file: string): string {
  return splitLanguage(file.replace(/\.[^./]*$/, '')).stem.replace(/\/index$/i, '');
}

/** The name without language and extension; the folder's for a bundle. */
function splitName(path: string): { readonly name: string; readonly language: string | undefined } {
  const segments = path.split('/');
  const { stem, language } = splitLanguage(segments.at(-1)!.replace(/\.[^.]*$/, ''));
  const isBundle = stem.toLowerCase() === 'index' && segments.length > 1;
  return { name: isBundle ? segments.at(-2)! : stem, language };
}

function splitLanguage(stem: string): { stem: string; language: string | undefined } {
  const dot = stem.lastIndexOf('.');
  const language = dot > 0 ? toSuffixLanguage(stem.slice(dot + 1)) : undefined;
  return { stem: language === undefined ? stem : stem.slice(0, dot), language };
}

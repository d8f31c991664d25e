import type { Problem } from '../lib/problem.ts';
import { extensionOf } from './roles.ts';

const types = (
  '.htm .xhtml .rst .adoc .asciidoc .org .textile .rtf .doc .docx .odt .pages ' +
  '.qmd .rmd .rmarkdown .ipynb .mkd .mdown .mdwn .lr'
).split(' ');

/** Whether a file looks like an article in a language that is not read, and somebody may wait for it to come out. */
export function isForeignText(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // What repositories say of themselves has names in capitals; `~$` are locks of Word.
  return types.includes(extensionOf(name)) && !/^(?:[._~]|[A-Z_-]{4,}\.|readme)/.test(name);
}

/** What is said of such files: a warning for each language, at the first of them. */
export function warnOfForeign(paths: readonly string[]): readonly Problem[] {
  return Array.from(Map.groupBy(paths.toSorted(), extensionOf), ([type, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` here and in ${others.length} more`;
    const message = `expected Markdown, HTML or plain text, found ${type}${more}: it is not read`;
    return { severity: 'warning', file: first!, message };
  });
}

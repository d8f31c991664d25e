import type { Html } from '../lib/html.ts';
import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';

/** An article's body made publishable. */
export type Content = {
  /** The draft's title, else a heading or short first line at the top (then not in `html`), else the first sentence. */
  readonly title: PlainText;
  /** Safe HTML; references that are not absolute stand as marks (marks.ts). Empty when the body is. */
  readonly html: Html;
  /** The draft's summary, else whole sentences of the text up to `<!--more-->` or about 300 characters, else whole words. */
  readonly summary?: PlainText;
  /** `rtl` when the language's script, or most strong characters, run from right to left. */
  readonly direction?: 'rtl';
  readonly problems: readonly Problem[];
};

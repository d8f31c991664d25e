import type { Html } from '../lib/html.ts';
import type { Problem } from '../lib/problem.ts';
import { toLine } from '../lib/text.ts';
import { compact } from '../source/compact.ts';
import type { ArticleDraft } from '../source/draft.ts';
import { titleOfName } from '../source/file-name.ts';
import { tidyHeadings } from './anchors.ts';
import { nestingLimit } from './bounded-parser.ts';
import type { Content } from './content.ts';
import { directionOf, hasRightToLeftLetter } from './direction.ts';
import { type CleanHtml, readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import { toProse, toWords } from './plain-text.ts';
import { toHtml } from './serialize.ts';
import { summarize } from './summary.ts';
import { stripTemplates } from './templates.ts';
import { textToHtml } from './text-html.ts';
import { chooseTitle } from './title.ts';

/**
 * An article draft made publishable. Pure, and never throws: a body that cannot be rendered is an error among the
 * problems. `language` is the entry's own or the publication's.
 */
export function toContent(draft: ArticleDraft, language: string | undefined): Content {
  try {
    return render(draft, language);
  } catch (error) {
    const message = `expected a body that can be rendered, found one that cannot (${(error as Error).message})`;
    const problem: Problem = { severity: 'error', file: draft.file, line: draft.body.line, message };
    const title = draft.title ?? titleOfName(draft.file);
    return { title, html: '' as Html, problems: [problem] };
  }
}

function render(draft: ArticleDraft, language: string | undefined): Content {
  const { clean, warnings } = readBody(draft);
  const given = { own: draft.title, document: toLine(clean.title ?? '') || undefined, file: draft.file };
  const { title, nodes } = chooseTitle(tidyHeadings(clean.nodes), given);
  const lead = clean.lead === undefined ? [] : chooseTitle(tidyHeadings(clean.lead), given).nodes;
  const summary = draft.summary ?? summarize(toProse(lead)) ?? summarize(toProse(nodes));
  const html = toHtml(nodes).trim() as Html;
  // To look for such a letter takes less than the text of an article, of which hardly one has any.
  const letters = hasRightToLeftLetter(title + html) ? toWords(nodes).join('\n') || title : '';
  const direction = directionOf(letters, language);
  return compact<Content>({ title, html, summary, direction, problems: warnings });
}

function readBody({ body, file }: ArticleDraft): { readonly clean: CleanHtml; readonly warnings: readonly Problem[] } {
  if (body.markup === 'text') return { clean: readHtml(textToHtml(body.blocks)), warnings: [] };
  const { text, first } = stripTemplates(body.markup, body.text);
  const { clean, isCut } =
    body.markup === 'markdown' ? readMarkdown(text, file) : { clean: readHtml(text), isCut: false };
  const warnings: Problem[] = [];
  const warn = (line: number, message: string): void =>
    void warnings.push({ severity: 'warning', file, line, message });
  if (first !== undefined) warn(body.line + body.text.slice(0, first).split('\n').length - 1, templateMessage);
  if (isCut) warn(body.line, `expected at most ${nestingLimit} levels of nesting, found more: they are left out`);
  else if (clean.isFlattened) warn(body.line, flattenedMessage);
  return { clean, warnings };
}

const templateMessage =
  'expected Markdown or HTML, found a shortcode, template tag or component: such tags are taken out, the text between them stays';

const flattenedMessage = `expected at most ${nestingLimit} elements within each other, found more: they are put side by side`;

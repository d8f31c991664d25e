import type { Content } from '../../src/content/content.ts';
import { toContent } from '../../src/content/to-content.ts';
import { toPlainText } from '../../src/lib/text.ts';
import type { ArticleDraft, Body } from '../../src/source/draft.ts';

/** A draft with a body in Markdown, unless told otherwise. */
export function draft(body: string | Body, more: Partial<ArticleDraft> = {}): ArticleDraft {
  return {
    kind: 'article',
    file: 'notes/harbour.md',
    line: 1,
    authors: [],
    tags: [],
    body: typeof body === 'string' ? { markup: 'markdown', text: toPlainText(body), line: 5 } : body,
    draft: false,
    minor: false,
    media: [],
    briefing: false,
    ...more,
  };
}

export function fromMarkdown(text: string, more: Partial<ArticleDraft> = {}): Content {
  return toContent(draft(text, more), 'en');
}

export function fromHtml(text: string, more: Partial<ArticleDraft> = {}): Content {
  return toContent(draft({ markup: 'html', text: toPlainText(text), line: 1 }, more), 'en');
}

/** HTML with its marks made visible: `⟦photo.jpg⟧`. */
export function shown(html: string): string {
  return html.replaceAll('\u0001', '⟦').replaceAll('\u0002', '⟧');
}

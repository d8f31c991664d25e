import { expect } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { toHtml } from '../../src/content/serialize.ts';
import { shown } from './article.ts';

/** HTML as it would be published, its marks made visible. */
export function clean(html: string): string {
  return shown(toHtml(readHtml(html).nodes));
}

/** Each written HTML and what is published of it. */
export function expectAll(table: readonly (readonly [written: string, published: string])[]): void {
  for (const [written, published] of table) expect(clean(written), written).toBe(published);
}

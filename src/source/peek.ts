import { closeSync, openSync, readSync } from 'node:fs';
import { opensFrontMatter } from './front-matter.ts';

/** Whether an HTML file of a generator's site begins with front matter: without it, it is copied, or a template. */
export function opensAsPage(path: string): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(200);
    const length = readSync(descriptor, head, 0, head.length, 0);
    return opensFrontMatter(new TextDecoder().decode(head.subarray(0, length)).replace(/\r\n?/g, '\n'));
  } finally {
    closeSync(descriptor);
  }
}

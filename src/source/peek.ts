import { closeSync, openSync, readSync } from 'node:fs';
import { opensFrontMatter } from './front-matter.ts';

/** Whether an HTML file beside a `_config.yml` begins with front matter: without it Jekyll copies it and reads nothing. */
export function opensAsJekyllPage(path: string): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(200);
    const length = readSync(descriptor, head, 0, head.length, 0);
    return opensFrontMatter(new TextDecoder().decode(head.subarray(0, length)).replace(/\r\n?/g, '\n'));
  } finally {
    closeSync(descriptor);
  }
}

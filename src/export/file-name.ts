import { join } from 'node:path/posix';

/**
 * The file below the export's folder for a decoded path: a page becomes the index of a folder of its name, so that its
 * URL stays as it is. Undefined where no file may have that name.
 */
export function toFileName(path: string, isPage: boolean): string | undefined {
  const name = path.slice(1).replace(/\/$/, '');
  if (name !== '' && !isFileName(name)) return undefined;
  if (own.test(name)) return undefined;
  return isPage && !name.endsWith('.html') ? join(name, 'index.html') : name;
}

// What an export writes besides.
const own = /^(?:_headers|_redirects|nginx\.conf|\.linecaster[^/]*)(?:\/|$)/i;

/** Whether a path stays below the folder that it is joined to, and is one that a disk takes. */
export function isFileName(name: string): boolean {
  const segments = name.split('/');
  return segments.every((one) => one !== '' && one !== '.' && one !== '..') && !/[\u0000-\u001f\\]/.test(name);
}

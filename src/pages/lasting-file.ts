import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of ours whose address holds its hash: what lies there never changes. */
export type LastingFile = {
  /** Below PUBLIC_URL. */
  readonly path: string;
  readonly text: string;
  /** Subresource Integrity's value (SRI §3.1). */
  readonly integrity: string;
};

/** Joins files of this folder into one; `{hash}` in `path` becomes the hash of its text. */
function readLastingFile(path: string, files: readonly string[]): LastingFile {
  const text = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
  const integrity = `sha384-${hash('sha384', text, 'base64')}`;
  return { path: path.replace('{hash}', hash('sha256', text).slice(0, 16)), text, integrity };
}

/** Every version of the embed script, which other sites name with its hash. */
export const embedScript: LastingFile = readLastingFile('/embed-{hash}.js', ['embed/linecaster-feed.js']);

/** The stylesheet of all pages; a page that a cache still has names the version that it was made with. */
export const styleSheet: LastingFile = readLastingFile('/style-{hash}.css', [
  'style/base.css',
  'style/masthead.css',
  'style/front.css',
  'style/service.css',
  'style/piece.css',
  'style/lists.css',
]);

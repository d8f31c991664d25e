import { typeOfName } from '../lib/media-type.ts';

/** What a file of the data folder is for. */
export type Role = 'article' | 'headlines' | 'root-text' | 'media' | 'publication' | 'authors';

/** What articles' files end in. */
export const articleTypes: readonly string[] = ['.md', '.markdown', '.mdx', '.html', '.txt'];
const listTypes = ['.txt', '.md', '.markdown', '.yaml', '.yml', '.json', '.csv'];
const skippedFolders = ['node_modules', '_site', '_layouts', '_includes', '_drafts'];
// Text files that a site's root holds for machines.
const notForPeople = ['robots.txt', 'humans.txt', 'ads.txt', 'app-ads.txt', 'llms.txt', 'security.txt'];

/** The role of a path below the data folder; undefined for what is none of ours. */
export function roleOf(path: string): Role | undefined {
  const segments = path.toLowerCase().split('/');
  const name = segments.pop()!;
  if (isSkipped(name) || segments.some(isSkippedFolder)) return undefined;
  const isRoot = segments.length === 0;
  if (isRoot && /^publication\.ya?ml$/.test(name)) return 'publication';
  const type = extensionOf(name);
  const isList = listTypes.includes(type) && (isRoot ? name === `headlines${type}` : segments[0] === 'headlines');
  if (isList) return 'headlines';
  if (articleTypes.includes(type)) return isRoot && type === '.txt' ? 'root-text' : 'article';
  if (/^authors\.(?:ya?ml|json)$/.test(name)) return 'authors';
  return isMedia(name) ? 'media' : undefined;
}

const unread: readonly Role[] = ['media', 'publication', 'authors'];

/** Whether what has this role holds articles or headlines. */
export function isSource(role: Role | undefined): boolean {
  return role !== undefined && !unread.includes(role);
}

/** Whether a folder's contents are none of ours: dotfiles, and what the generators keep for themselves. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || skippedFolders.includes(name.toLowerCase());
}

/** The extension in lower case, with its dot; empty when there is none. */
export function extensionOf(path: string): string {
  return /\.[^./]*$/.exec(path.toLowerCase().slice(-20))?.[0] ?? '';
}

function isSkipped(name: string): boolean {
  if (name.startsWith('.') || notForPeople.includes(name)) return true;
  return /^(?:_index|readme)(?:\.[\w-]+)?\.(?:mdx?|markdown|html|txt)$/.test(name);
}

function isMedia(name: string): boolean {
  const type = typeOfName(name) ?? '';
  // `.ts` is TypeScript far more often than it is MPEG.
  if (name.endsWith('.ts')) return false;
  return /^(?:image|audio|video)\//.test(type) || ['application/pdf', 'application/zip', 'text/csv'].includes(type);
}

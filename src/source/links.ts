import { realpathSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { typeOfName } from '../lib/media-type.ts';
import { isForeignText } from './foreign-texts.ts';
import { isSource, roleOf } from './roles.ts';
import { addFile, addProblem, attempt, list, type Walk, walkFolder } from './walker.ts';

type Link = { readonly path: string; readonly target: string; readonly isFolder: boolean };

/**
 * Follows the symbolic links that a walk has met, each source at most once: a link to what was found already adds
 * nothing, so that loops end. One that leads out of the folder, or nowhere, is a problem.
 */
export function followLinks(found: Walk): void {
  const root = realpathSync(found.dir);
  const walked = new Set<string>();
  const files: Link[] = [];
  // Walking a linked folder may meet further links, which join the end of the list.
  for (let at = 0; at < found.links.length; at += 1) {
    const link = resolveLink(found, root, found.links[at]!);
    if (link?.isFolder) followFolder(found, link, walked);
    else if (link !== undefined) files.push(link);
  }
  const sources = new Set(found.files.filter(({ role }) => role !== 'media').map(({ stat }) => stat.ino));
  for (const link of files) followFile(found, link, sources);
}

/** Undefined when the link is a problem, or leads to a file that has no role. */
function resolveLink(found: Walk, root: string, path: string): Link | undefined {
  const link = attempt(found, path, () => {
    const target = realpathSync(join(found.dir, path));
    return { path, target: relative(root, target), isFolder: statSync(target).isDirectory() };
  });
  if (link === undefined || (!link.isFolder && roleOf(path) === undefined)) return undefined;
  if (link.target === '..' || link.target.startsWith(`..${sep}`)) {
    addProblem(found, path, 'expected a link inside the data folder, found one that leads out');
    return undefined;
  }
  if (!link.isFolder && roleOf(path) === 'media' && !isFitForMedia(link.target)) {
    addProblem(found, path, `expected a link to a file of its kind, found one to ${link.target}`);
    return undefined;
  }
  return link;
}

/** What is served is what its own name says it is: not a draft by the name of a picture. A name may also say nothing. */
function isFitForMedia(target: string): boolean {
  const name = basename(target);
  if (name.startsWith('.') || isSource(roleOf(target))) return false;
  const role = roleOf(`media/${name}`);
  return role === 'media' || (role === undefined && !isForeignText(name) && typeOfName(name) === undefined);
}

function followFolder(found: Walk, { path, target }: Link, walked: Set<string>): void {
  const isKnown = (file: Walk['files'][number]): boolean => (file.diskPath ?? file.path).startsWith(`${target}/`);
  if (target === '' || walked.has(target) || `${path}/`.startsWith(`${target}/`) || found.files.some(isKnown)) return;
  walked.add(target);
  walkFolder(found, path, list(found, path), false);
}

// A picture is referred to by either path; an article is read once.
function followFile(found: Walk, { path }: Link, sources: Set<number>): void {
  const { ino } = statSync(join(found.dir, path));
  if (roleOf(path) !== 'media' && sources.has(ino)) return;
  sources.add(ino);
  addFile(found, path, false);
}

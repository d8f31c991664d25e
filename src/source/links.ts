import { realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { roleOf } from './roles.ts';
import { addFile, addProblem, attempt, list, type Walk, walkFolder } from './walker.ts';

/**
 * Follows the symbolic links that a walk has met, each source at most once: a link to what was found already adds
 * nothing, so that loops end. One that leads out of the folder, or nowhere, is a problem.
 */
export function followLinks(found: Walk): void {
  const root = realpathSync(found.dir);
  const seen = new Set<string>();
  // Walking a linked folder may meet further links, which join the end of the list.
  for (let at = 0; at < found.links.length; at += 1) followLink(found, root, found.links[at]!, seen);
}

function followLink(found: Walk, root: string, path: string, seen: Set<string>): void {
  const target = attempt(found, path, () => realpathSync(join(found.dir, path)));
  if (target === undefined) return;
  const below = relative(root, target);
  const isFolder = statSync(target).isDirectory();
  if (!isFolder && roleOf(path) === undefined) return;
  if (below === '..' || below.startsWith(`..${sep}`))
    addProblem(found, path, 'expected a link inside the data folder, found one that leads out');
  else if (isFolder) followFolder(found, path, below, seen);
  else if (isNew(found, path, below, seen)) addFile(found, path, false);
}

function followFolder(found: Walk, path: string, below: string, seen: Set<string>): void {
  const isWalked = below === '' || found.files.some((file) => (file.diskPath ?? file.path).startsWith(`${below}/`));
  if (isWalked || seen.has(below) || path.startsWith(`${below}/`)) return;
  seen.add(below);
  walkFolder(found, path, list(found, path), false);
}

// A picture is referred to by either path; an article is read once.
function isNew(found: Walk, path: string, below: string, seen: Set<string>): boolean {
  if (roleOf(path) === 'media') return true;
  if (seen.has(below) || found.files.some((file) => file.path === below)) return false;
  seen.add(below);
  return true;
}

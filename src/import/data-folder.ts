import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { defaultPublication, type Publication } from '../publication.ts';
import { decode } from '../source/decode.ts';
import { readSourceFile } from '../source/read-file.ts';
import { readPublication } from '../source/read-publication.ts';
import { isSource } from '../source/roles.ts';
import { list, type Walk, walkFolder } from '../source/walker.ts';

/** What a data folder holds before anything is imported into it. */
export type DataFolder = {
  /** From each `guid`, and each `id` that is kept to the letter, to the file that has it. */
  readonly guids: ReadonlyMap<string, string>;
  /** The paths of all files that have a role, read or not, in lower case. */
  readonly paths: Set<string>;
  /** Whether there is anything that may be published already. */
  readonly hasSources: boolean;
  /** Absent when there is no publication.yaml. */
  readonly publication?: Publication;
};

/** Reads a data folder, which is made when it is not there. Throws when its publication.yaml is broken. */
export function readDataFolder(dir: string): DataFolder {
  mkdirSync(dir, { recursive: true });
  const found: Walk = { dir, files: [], problems: [], links: [], foreign: [] };
  walkFolder(found, '', list(found, ''), false);
  const settings = found.files.find(({ path }) => path === 'publication.yaml');
  const publication = settings === undefined ? undefined : readSettings(join(dir, settings.diskPath ?? settings.path));
  const guids = new Map<string, string>();
  for (const { path, diskPath, role } of found.files) {
    if (role !== 'article' && role !== 'root-text') continue;
    const bytes = readFileSync(join(dir, diskPath ?? path));
    const { drafts } = readSourceFile(path, bytes, publication ?? defaultPublication);
    const ids = drafts.flatMap((draft) => (draft.kind === 'article' ? [draft.guid, draft.id] : []));
    for (const id of drafts.length === 0 ? writtenGuids(bytes) : ids) if (id !== undefined) guids.set(id, path);
  }
  const named = [...found.files.map(({ path }) => path), ...found.problems.map(({ file }) => file)];
  const paths = new Set(named.map((path) => path.toLowerCase()));
  const hasSources = found.files.some(({ role }) => isSource(role));
  return { guids, paths, hasSources, ...(publication === undefined ? {} : { publication }) };
}

/** The guid in a file that cannot be read as a whole: one that is to be mended is there all the same. */
function writtenGuids(bytes: Uint8Array): readonly string[] {
  const decoded = decode(bytes);
  const lines = 'text' in decoded ? (decoded.text.match(/^guid: .*$/m) ?? []) : [];
  return lines.flatMap((line) => {
    try {
      return String((parse(line) as { readonly guid: unknown }).guid);
    } catch {
      return [];
    }
  });
}

function readSettings(file: string): Publication {
  const decoded = decode(readFileSync(file));
  if ('reason' in decoded) throw new Error(`import: ${file}: ${decoded.reason}`);
  const { publication, problems } = readPublication(decoded.text, file);
  if (publication !== undefined) return publication;
  throw new Error(`import: ${file}:${problems[0]!.line}: ${problems[0]!.message}`);
}

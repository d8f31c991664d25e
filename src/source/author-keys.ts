import { compact } from './compact.ts';
import { decode } from './decode.ts';
import type { Person } from './draft.ts';
import { pickText } from './fields.ts';
import { isRecord, type Unreadable } from './located.ts';
import { toPeople } from './people.ts';
import { readYaml } from './yaml.ts';

/** Who writes under which key, for the files in one folder and below: Docusaurus's `authors.yml`, Jekyll's `_data/authors.yml`. */
export type AuthorKeys = {
  readonly file: string;
  /** Path of the folder; empty for the data folder itself. */
  readonly folder: string;
  readonly people: Readonly<Record<string, Person>>;
  /** Milliseconds since 1970, when the file is not there any more. */
  readonly missingSince?: number;
};

/** Reads a file of authors: keys, and a name or an object with `name` for each. What else it holds is its generator's business. */
export function readAuthorKeys(file: string, bytes: Uint8Array): AuthorKeys | Unreadable {
  const decoded = decode(bytes);
  if ('reason' in decoded) return { message: decoded.reason, line: 1 };
  const located = readYaml(decoded.text, 1, file.endsWith('.json') ? 'JSON' : 'YAML');
  if ('message' in located) return located;
  const entries = isRecord(located.value) ? Object.entries(located.value) : [];
  const people = entries.flatMap(([key, value]) => {
    const isNamed = !isRecord(value) || pickText(value, ['name', 'display_name']) !== undefined;
    const [person, ...others] = isNamed ? toPeople(value) : [];
    return person === undefined || others.length > 0 ? [] : [[key, person] as const];
  });
  return { file, folder: folderOf(file), people: Object.fromEntries(people) };
}

/** The writers of a file, with the names and addresses of those that are given by their keys; the nearest folder's count first. */
export function resolveAuthors(
  file: string,
  authors: readonly Person[],
  known: readonly AuthorKeys[],
): readonly Person[] {
  const near = known
    .filter(({ folder }) => folder === '' || file.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length);
  return authors.map((author) => {
    const people = near.find((one) => Object.hasOwn(one.people, author.name))?.people;
    if (people === undefined) return author;
    // What the article itself says of them is meant for it alone.
    const known = people[author.name]!;
    return compact<Person>({ ...known, ...author, name: known.name });
  });
}

/** `_data` and `data` hold what is meant for all that lies beside them. */
function folderOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return (/^_?data$/.test(folders.at(-1) ?? '') ? folders.slice(0, -1) : folders).join('/');
}

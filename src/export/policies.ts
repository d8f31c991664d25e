import type { Exported } from './manifest.ts';

/** Above this, sources of pictures are not listed one by one: servers take no longer headers. */
const longestPolicy = 3000;

/** One Content-Security-Policy for each group of pages: it allows what any of them needs. */
export function policiesOf(
  files: ReadonlyMap<string, Exported>,
  groupOf: (file: string) => string,
): ReadonlyMap<string, string> {
  const all = new Map<string, Set<string>>();
  for (const [file, { policy }] of files) {
    if (policy !== undefined) all.getOrInsertComputed(groupOf(file), () => new Set()).add(policy);
  }
  return new Map([...all].toSorted().map(([group, policies]) => [group, joinPolicies([...policies].toSorted())]));
}

/** The folder at the root that a page lies in, or its own name there; empty for the front page. */
export function rootOf(file: string): string {
  return file === 'index.html' ? '' : file.split('/')[0]!;
}

/** The same, with what lies in a folder apart (`articles/`) from the folder's own page (`articles`). */
export function placeOf(file: string): string {
  return rootOf(file) + (/^[^/]+\/(?!index\.html$)/.test(file) ? '/' : '');
}

/** A policy that allows what any of these allows. */
function joinPolicies(policies: readonly string[]): string {
  const directives = new Map<string, Set<string>>();
  for (const directive of policies.flatMap((policy) => policy.split(';'))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    directives.set(name!, (directives.get(name!) ?? new Set()).union(new Set(sources)));
  }
  for (const sources of directives.values()) if (sources.size > 1) sources.delete("'none'");
  const text = format(directives);
  if (text.length <= longestPolicy) return text;
  for (const name of ['img-src', 'media-src']) directives.set(name, new Set(["'self'", 'https:', 'data:']));
  return format(directives);
}

function format(directives: ReadonlyMap<string, ReadonlySet<string>>): string {
  return Array.from(directives, ([name, sources]) => [name, ...sources].join(' ')).join(';');
}

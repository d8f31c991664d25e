import type { Problem } from '../lib/problem.ts';
import { currentEntries } from './file-entries.ts';
import { explicitIdentity, type Identity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { Refresh } from './reconcile.ts';
import type { Entry } from './records.ts';

/** What updated files asked for with `guid` or `id`: the identity of each that gets it, and the files that do not. */
export type Claims = {
  readonly granted: ReadonlyMap<string, Identity>;
  readonly refused: ReadonlySet<string>;
  readonly problems: readonly Problem[];
};

/** Gives each asked-for identity to the file that has it already, else to the first in path order. */
export function grantClaims(ledger: Ledger, refresh: Refresh): Claims {
  const asked = askedIdentities(refresh);
  const granted = new Map<string, Identity>();
  const refused = new Set<string>();
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [file, { identity, line }] of asked) {
    const owner = owners.get(identity.atomId) ?? standingOwner(ledger, refresh, identity, file, asked) ?? file;
    owners.set(identity.atomId, owner);
    if (owner === file) {
      granted.set(file, identity);
      continue;
    }
    refused.add(file);
    const message = `expected an id of its own, found ${JSON.stringify(identity.id)}, which ${owner} has`;
    problems.push({ severity: 'error', file, line, message });
  }
  return { granted, refused, problems };
}

/** The entry that has this identity. */
export function holderOf(ledger: Ledger, identity: Identity): Entry | undefined {
  return ledger.byAtomId(identity.atomId) ?? ledger.entries.get(identity.id);
}

type Asked = ReadonlyMap<string, { readonly identity: Identity; readonly line: number }>;

function askedIdentities(refresh: Refresh): Asked {
  const asked = new Map<string, { readonly identity: Identity; readonly line: number }>();
  for (const { file, article } of refresh.updates) {
    const identity = article && explicitIdentity(article.draft, refresh.publicationId);
    if (article === undefined || identity === undefined) continue;
    asked.set(file, { identity, line: article.draft.lines?.id ?? article.draft.line });
  }
  return asked;
}

/** Another file that holds the identity, stands, and was not edited to ask for it no more. */
function standingOwner(
  ledger: Ledger,
  refresh: Refresh,
  identity: Identity,
  file: string,
  asked: Asked,
): string | undefined {
  const holder = holderOf(ledger, identity);
  if (holder === undefined || holder.kind === 'headline' || holder.file === file) return undefined;
  if (!ledger.files.has(holder.file) || refresh.missing.has(holder.file)) return undefined;
  const update = refresh.updates.find((one) => one.file === holder.file);
  const holds =
    update?.article === undefined
      ? currentEntries(ledger, holder.file)[0]?.id === holder.id
      : asked.get(holder.file)?.identity.atomId === identity.atomId;
  return holds ? holder.file : undefined;
}

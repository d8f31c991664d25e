import { settingNames, storedAuthors } from './feeds/site.ts';
import type { Problem } from './lib/problem.ts';
import { type AuthorKeys, readAuthorKeys } from './source/author-keys.ts';
import { type FolderFile, readStable } from './source/folder.ts';
import type { Ledger } from './store/ledger.ts';
import { goneMilliseconds } from './store/survey.ts';

/**
 * Reads the files that say who writes under which key, and keeps that in the store. One that is broken, or has only just
 * gone, leaves what it said. `files` are all files of the data folder.
 */
export async function takeAuthors(
  ledger: Ledger,
  dir: string,
  files: readonly FolderFile[],
  now: number,
): Promise<readonly Problem[]> {
  const before = storedAuthors(ledger.settings);
  const found = files.filter(({ role }) => role === 'authors').sort((a, b) => (a.path < b.path ? -1 : 1));
  const problems: Problem[] = [];
  const authors: AuthorKeys[] = [];
  for (const file of found) {
    const read = await readStable(dir, file);
    const keys = 'reason' in read ? { message: read.reason } : readAuthorKeys(file.path, read.bytes);
    const last = before.find((one) => one.file === file.path);
    if (!('message' in keys)) authors.push(keys);
    else problems.push({ severity: 'warning', file: file.path, ...keys });
    if ('message' in keys && last !== undefined) authors.push(last);
  }
  for (const { missingSince = now, ...last } of before) {
    const isGone = found.some(({ path }) => path === last.file) || now - missingSince >= goneMilliseconds;
    if (!isGone) authors.push({ ...last, missingSince });
  }
  if (authors.length === 0) ledger.dropSetting(settingNames.authors);
  else ledger.putSetting(settingNames.authors, JSON.stringify(authors));
  return problems;
}

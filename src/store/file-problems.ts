import { hasError, type Problem } from '../lib/problem.ts';
import type { Ledger } from './ledger.ts';

/** What only showed against the other files is the file's problem too; it is read again until that is mended. */
export function noteProblems(ledger: Ledger, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const file = ledger.files.get(problem.file);
    if (file === undefined) continue;
    const all = [...file.problems, problem];
    ledger.putFile({ ...file, problems: all, hash: hasError(all) ? '' : file.hash });
  }
}

/** What is wrong with the files as they were last read. */
export function standingProblems(ledger: Ledger): readonly Problem[] {
  return [...ledger.files.odd()].flatMap(({ problems }) => problems);
}

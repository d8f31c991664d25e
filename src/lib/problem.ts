/** One thing wrong with one file. An error keeps what it names from being published; a warning does not. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  /** Path below the data folder, with `/`. */
  readonly file: string;
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number;
  /** What was expected and what was found, in one sentence without a full stop. */
  readonly message: string;
};

/** Whether one of them is an error. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** `file:line: message`, as compilers print it. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: ${problem.severity === 'warning' ? 'warning: ' : ''}${problem.message}`;
}

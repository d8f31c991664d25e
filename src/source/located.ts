/** Data read from YAML, JSON, TOML or CSV that still knows its lines. Numbers, dates and truth values of YAML and JSON are text, as written. */
export type Located = {
  readonly value: unknown;
  /** The 1-based line of a member, named by keys and indexes; its parent's where it cannot be told. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
  /** What is odd about it without making it unreadable. `isHint`: what may be meant as it is. */
  readonly warnings: readonly { readonly line: number; readonly message: string; readonly isHint: boolean }[];
};

/** Why data could not be read. `message` says what was expected and what was found. */
export type Unreadable = { readonly message: string; readonly line: number };

/** Whether a value is keys and values, and no list or date. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** SQLite's result codes for a file that is not what was written to it: SQLITE_CORRUPT, SQLITE_NOTADB. */
const codes: readonly number[] = [11, 26];

/** Also what our own SQL, which fits the tables, says when the description of the tables is damaged. */
const misfit = /no such (table|column|index)|already exists|duplicate column|unsupported file format|text encoding/;

/** An error that says that something in the store is not what was written. */
export function corruption(message: string): Error {
  return Object.assign(new Error(message), { errcode: codes[0] });
}

/** Whether an error, or what caused it, says that the store's file is damaged; not when it is locked, full or newer. */
export function isCorruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, code } = error as { errcode?: number; code?: string };
  // No store holds a number that does not fit; node:sqlite says so when it reads one.
  if (code === 'ERR_OUT_OF_RANGE') return true;
  const isDamage =
    errcode !== undefined && (codes.includes(errcode & 0xff) || (errcode === 1 && misfit.test(error.message)));
  return isDamage || isCorruption(error.cause);
}

/** Whether damage that nothing has noticed may be behind an error: a rule of the tables broken, or a thing not there. */
export function mayBeCorruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode } = error as { errcode?: number };
  const isUnexpected = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isUnexpected || (errcode !== undefined && (errcode & 0xff) === 19) || mayBeCorruption(error.cause);
}

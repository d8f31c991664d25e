/** SQLite's result codes SQLITE_READONLY, SQLITE_IOERR and SQLITE_CANTOPEN. */
const codes: readonly number[] = [8, 10, 14];

/**
 * Whether an error, or what caused it, lies in how the store's file was opened: only a new connection can do better. One
 * that was opened while the disk was read-only stays so when the disk no longer is.
 */
export function isStale(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode } = error as { errcode?: number };
  return (errcode !== undefined && codes.includes(errcode & 0xff)) || isStale(error.cause);
}

/** Whether at most `limit` words must be added, removed or replaced to make `after` of `before` (Levenshtein's distance). */
export function isWithinWords(before: readonly string[], after: readonly string[], limit: number): boolean {
  if (Math.abs(before.length - after.length) > limit) return false;
  // Only the diagonals within the limit matter: row[k] is the distance at column = line + k - limit.
  let row: readonly number[] = Array.from({ length: 2 * limit + 1 }, (_, k) => (k < limit ? limit + 1 : k - limit));
  for (let line = 1; line <= before.length; line += 1) {
    row = nextRow(before, after, line, row, limit);
    if (row.every((distance) => distance > limit)) return false;
  }
  return row[after.length - before.length + limit]! <= limit;
}

function nextRow(
  before: readonly string[],
  after: readonly string[],
  line: number,
  above: readonly number[],
  limit: number,
): readonly number[] {
  const row: number[] = [];
  for (let k = 0; k < above.length; k += 1) {
    const column = line + k - limit;
    if (column < 0 || column > after.length) row.push(limit + 1);
    else {
      const replaced = column === 0 ? limit + 1 : above[k]! + (before[line - 1] === after[column - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[k + 1] ?? limit) + 1, (row[k - 1] ?? limit) + 1));
    }
  }
  return row;
}

/** `make`, asked once for each key: what it gave is remembered for `most` of them, then all are forgotten. */
export function remember<Key, Value extends NonNullable<unknown> | null>(
  most: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}

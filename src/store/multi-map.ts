/** Several values to a key; most keys have one, which then takes no set of its own. */
export class MultiMap {
  readonly #values = new Map<string, string | Set<string>>();

  /** How many keys there are. */
  get size(): number {
    return this.#values.size;
  }

  /** The values of a key, in the order in which they came. */
  get(key: string): readonly string[] {
    const values = this.#values.get(key);
    if (values === undefined) return [];
    return typeof values === 'string' ? [values] : [...values];
  }

  add(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, value);
    else if (typeof values !== 'string') values.add(value);
    else if (values !== value) this.#values.set(key, new Set([values, value]));
  }

  delete(key: string, value: string): void {
    const values = this.#values.get(key);
    if (values === value) this.#values.delete(key);
    else if (values instanceof Set) values.delete(value);
  }
}

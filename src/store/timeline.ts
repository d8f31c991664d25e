type Moment = { readonly published: number; readonly id: string };

/** Beyond so many newcomers sorting everything is quicker than finding the place of each. */
const few = 64;

/** Entries by date of publication, then by id. */
export class Timeline {
  #ids: string[] = [];
  #dates: number[] = [];
  readonly #newcomers = new Map<string, number>();

  get size(): number {
    return this.#ids.length + this.#newcomers.size;
  }

  add({ published, id }: Moment): void {
    this.#newcomers.set(id, published);
  }

  remove(moment: Moment): void {
    if (this.#newcomers.delete(moment.id)) return;
    const index = this.#indexOf(moment);
    if (this.#ids[index] !== moment.id) return;
    this.#ids.splice(index, 1);
    this.#dates.splice(index, 1);
  }

  /** The ids just before and just after one of them. */
  around(moment: Moment): { readonly before: string | undefined; readonly after: string | undefined } {
    this.#settle();
    const index = this.#indexOf(moment);
    return { before: this.#ids[index - 1], after: this.#ids[index + 1] };
  }

  /** The ids of the last ones, latest first, at most `limit`, of those since `from`. */
  latest(from: number, limit: number): readonly string[] {
    this.#settle();
    const start = Math.max(this.#indexOf({ published: from, id: '' }), this.#ids.length - limit);
    return this.#ids.slice(start).reverse();
  }

  #settle(): void {
    const newcomers = Array.from(this.#newcomers, ([id, published]) => ({ id, published }));
    this.#newcomers.clear();
    if (newcomers.length > few) this.#sort(newcomers);
    else for (const newcomer of newcomers) this.#insert(newcomer);
  }

  #sort(newcomers: readonly Moment[]): void {
    const known = this.#ids.map((id, index) => ({ id, published: this.#dates[index]! }));
    const line = [...known, ...newcomers].sort(compare);
    this.#ids = line.map(({ id }) => id);
    this.#dates = line.map(({ published }) => published);
  }

  #insert(newcomer: Moment): void {
    const index = this.#indexOf(newcomer);
    this.#ids.splice(index, 0, newcomer.id);
    this.#dates.splice(index, 0, newcomer.published);
  }

  /** Where it is, or would be. */
  #indexOf(moment: Moment): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare({ id: this.#ids[middle]!, published: this.#dates[middle]! }, moment) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: Moment, b: Moment): number {
  return a.published - b.published || (a.id < b.id ? -1 : Number(a.id > b.id));
}

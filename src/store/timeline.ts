type Moment = { readonly published: number; readonly id: string };

/** Beyond so many newcomers sorting everything is quicker than finding the place of each. */
const few = 64;

/** Entries by date of publication, then by id. */
export class Timeline {
  #line: Moment[] = [];
  #newcomers = new Map<string, Moment>();

  get size(): number {
    return this.#line.length + this.#newcomers.size;
  }

  add({ published, id }: Moment): void {
    this.#newcomers.set(id, { published, id });
  }

  remove(moment: Moment): void {
    if (this.#newcomers.delete(moment.id)) return;
    const index = this.#indexOf(moment);
    if (this.#line[index]?.id === moment.id) this.#line.splice(index, 1);
  }

  /** The ids just before and just after one of them. */
  around(moment: Moment): { readonly before: string | undefined; readonly after: string | undefined } {
    this.#settle();
    const index = this.#indexOf(moment);
    return { before: this.#line[index - 1]?.id, after: this.#line[index + 1]?.id };
  }

  #settle(): void {
    const newcomers = [...this.#newcomers.values()];
    this.#newcomers.clear();
    if (newcomers.length > few) this.#line = [...this.#line, ...newcomers].sort(compare);
    else for (const newcomer of newcomers) this.#line.splice(this.#indexOf(newcomer), 0, newcomer);
  }

  /** Where it is, or would be. */
  #indexOf(moment: Moment): number {
    let low = 0;
    let high = this.#line.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#line[middle]!, moment) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: Moment, b: Moment): number {
  return a.published - b.published || (a.id < b.id ? -1 : Number(a.id > b.id));
}

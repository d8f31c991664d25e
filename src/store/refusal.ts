/** A refresh that would do more harm than good. Nothing was changed. */
export class Refusal extends Error {
  /** Whether a refresh with `allowsAll` does it all the same. */
  readonly canBeAllowed: boolean;

  constructor(reason: string, { canBeAllowed = false }: { readonly canBeAllowed?: boolean } = {}) {
    super(reason);
    this.name = 'Refusal';
    this.canBeAllowed = canBeAllowed;
  }
}

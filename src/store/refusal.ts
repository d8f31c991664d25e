/** A refresh that would do more harm than good. Nothing was changed. */
export class Refusal extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refusal';
  }
}

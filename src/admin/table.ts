/** A table as the page shows it: as many cells in each row as there are heads. */
export type Table = {
  readonly title: string;
  readonly note?: string;
  readonly heads: readonly { readonly name: string; readonly isNumber?: true }[];
  readonly rows: readonly (readonly string[])[];
};

/** A value that a statement takes, and that a row holds. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** The values of one statement after another, made when it is their turn. */
export type Rows = Iterable<readonly Value[]> & { readonly length: number };

/** One statement with `?` for its values, run once for each row of them. */
export type Statement = {
  readonly sql: string;
  readonly rows: Rows;
  /** Of what puts rows into a table, how many of their first values are the key; of two with one key the later holds. */
  readonly keys?: number;
  /** What to say when it changes no row; then nothing of the transaction holds. */
  readonly orFail?: string;
};

/** The little of a database that the store needs; its SQL is the same for all. */
export interface Database {
  readonly all: (sql: string, values?: readonly Value[]) => Promise<readonly Row[]>;
  /** Without waiting, where the database is in this process. */
  readonly now?: {
    readonly row: (sql: string) => (...values: readonly Value[]) => Row | undefined;
    /** The rows one by one, read anew by each who goes through them. */
    readonly rows: (sql: string) => Iterable<Row>;
  };
  /** All statements in one transaction, durable when it resolves. What `isQuiet` calls nobody back. */
  readonly write: (statements: readonly Statement[], options?: { readonly isQuiet?: boolean }) => Promise<void>;
  /** Whether this process is the one that may refresh; asked again and again, it stays so. */
  readonly lead: () => Promise<boolean>;
  /** Where several processes may lead: has another that serves do so. */
  readonly yieldLead?: () => Promise<void>;
  /** Whether there is a table of which rows each write changed. */
  readonly remembersWrites?: true;
  /** Calls back when another process has written, where the database can tell. */
  readonly onWrite: (listener: () => void) => Promise<void>;
  /** Calls the others back without having written, where the database can tell. */
  readonly wakeOthers?: () => Promise<void>;
  /** Where several processes serve: notes which generation this one shows; as long as it leads, or asks to, it holds. */
  readonly show?: (generation: number) => Promise<void>;
  /** Who serves and does not show this generation yet, nor a later one, with the one that it shows. */
  readonly behind?: (generation: number) => Promise<ReadonlyMap<string, number>>;
  /** By how many milliseconds the database's clock is ahead of this process's, where it has one of its own. */
  readonly ahead?: () => Promise<number>;
  /** A query for the bytes that all of it takes, as `bytes`. */
  readonly sizeQuery: string;
  /** Looks through all of it, and gives `ok` as the `verdict`. */
  readonly checkQuery?: string;
  readonly close: () => Promise<void>;
}

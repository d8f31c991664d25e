import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is remembered of an exported file. */
export type Exported = {
  /** Of its bytes. */
  readonly hash: string;
  /** Bytes of the file and, where they are, of the compressed ones beside it. */
  readonly size: number;
  readonly gzip?: number;
  readonly brotli?: number;
  /** Last-Modified in seconds since 1970, where the file has one of its own. */
  readonly version?: number;
  /** What it was made from: while that is the same, it need not be made again. */
  readonly key?: string;
  /** Its Content-Security-Policy. */
  readonly policy?: string;
};

/** What an export wrote into its folder, and for whom. */
export type Manifest = {
  /** The publication's id. */
  readonly publication: string;
  /** Of the program and the settings that all files were made with. */
  readonly maker: string;
  /** By path below the folder. */
  readonly files: ReadonlyMap<string, Exported>;
};

/** The manifest's file, in the export's folder. */
export const manifestFile = '.linecaster-export.json';

/** Bumped when the manifest's shape changes. */
const shape = 1;

/** The manifest of the export that a folder holds; undefined when it holds none. Throws when it cannot be read. */
export async function readManifest(out: string): Promise<Manifest | undefined> {
  const text = await readFile(join(out, manifestFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const { shape: found, policies, files, ...rest } = JSON.parse(text) as Written;
    if (found !== shape) throw new Error(`expected shape ${shape}, found ${found}`);
    const all = Object.entries(files).map(([path, { policy, ...facts }]): [string, Exported] => [
      path,
      policy === undefined ? facts : { ...facts, policy: policies[policy]! },
    ]);
    return { ...rest, files: new Map(all) };
  } catch (error) {
    throw new Error(`build: ${join(out, manifestFile)}: ${(error as Error).message}; delete it to write all anew`);
  }
}

/** Many pages have one policy: it stands in the manifest once, and each page has its number. */
type Written = Omit<Manifest, 'files'> & {
  readonly shape: number;
  readonly policies: readonly string[];
  readonly files: Readonly<Record<string, Omit<Exported, 'policy'> & { readonly policy?: number }>>;
};

/** The manifest as its file holds it: a line for each exported file, in order. */
export function formatManifest({ files, ...rest }: Manifest): string {
  const policies = new Map<string, number>();
  const numberOf = (policy: string): number => policies.getOrInsert(policy, policies.size);
  const lines = [...files.keys()].toSorted().map((path) => {
    const { policy, ...facts } = files.get(path)!;
    return `${JSON.stringify(path)}:${JSON.stringify(policy === undefined ? facts : { ...facts, policy: numberOf(policy) })}`;
  });
  const head = JSON.stringify({ shape, ...rest, policies: [...policies.keys()] }).slice(0, -1);
  return `${head},"files":{\n${lines.join(',\n')}\n}}\n`;
}

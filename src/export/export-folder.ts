import { compact } from '../source/compact.ts';
import { type Disk, openDisk } from './disk.ts';
import { type Exported, formatManifest, type Manifest, manifestFile } from './manifest.ts';
import { factsOf, namesOf, type Output, worthwhile } from './output.ts';

/** The folder of an export: what is the same is left alone, and what is not written again is taken away in the end. */
export type ExportFolder = {
  /** Whether this file was made from the same and still lies there; then it stays. */
  readonly keep: (file: string, key: string) => boolean;
  /** Until it is written, others can be begun. */
  readonly put: (output: Output) => Promise<void>;
  /** Copies the file at `source`, which has this size and time, unless it lies there already. */
  readonly copy: (file: string, source: string, facts: Pick<Exported, 'size'> & { readonly version: number }) => void;
  /** What was kept or put so far, by path below the folder. */
  readonly files: ReadonlyMap<string, Exported>;
  /** Takes away what an earlier export wrote and this one did not, and notes what lies there now. */
  readonly close: () => Counts;
};

/** Files, compressed ones among them. */
export type Counts = { readonly written: number; readonly removed: number; readonly all: number };

/** Continues the export of `before`, made by `maker`. */
export function openExportFolder(
  out: string,
  before: Manifest | undefined,
  { publication, maker }: Pick<Manifest, 'publication' | 'maker'>,
): ExportFolder {
  const disk = openDisk(out);
  const files = new Map<string, Exported>();
  const isSameMaker = before?.maker === maker;
  let written = 0;
  // What was written after the manifest was is not what it says.
  const knownOf = (file: string): Exported | undefined => {
    const known = before?.files.get(file);
    const isTrue = known !== undefined && namesOf(file, known).every((path) => !disk.leftovers.has(path));
    return isTrue && isIntact(disk, file, known) ? known : undefined;
  };
  const replace = (path: string, bytes: Uint8Array | undefined, second: number): void => {
    if (bytes === undefined) return;
    const there = disk.look(path);
    if (there?.size === bytes.length && disk.read(path)!.equals(bytes)) {
      if (there.second !== second) disk.setTime(path, second);
      return;
    }
    disk.replace(path, bytes, second);
    written += 1;
  };
  return {
    keep: (file, key) => {
      const known = isSameMaker ? knownOf(file) : undefined;
      if (known?.key !== key) return false;
      keepTime(disk, file, known);
      files.set(file, known);
      return true;
    },
    put: async (output) => {
      const { file, identity, version } = output;
      const facts = factsOf(output);
      const known = knownOf(file);
      if (known?.hash === facts.hash) {
        const { gzip, brotli } = known;
        keepTime(disk, file, { ...known, ...facts });
        files.set(file, compact<Exported>({ ...facts, gzip, brotli }));
        return;
      }
      const { gzip, brotli } = worthwhile(identity, await output.encode?.());
      const second = version ?? timeOf(disk, file, identity);
      // First the file itself: where it can have no place, nothing is left beside it.
      replace(file, identity, second);
      replace(`${file}.gz`, gzip, second);
      replace(`${file}.br`, brotli, second);
      files.set(file, compact<Exported>({ ...facts, gzip: gzip?.length, brotli: brotli?.length }));
    },
    copy: (file, source, { size, version }) => {
      const facts = { hash: `${size} ${version}`, size, version };
      const known = knownOf(file);
      if (known?.hash === facts.hash) keepTime(disk, file, known);
      else {
        disk.replace(file, { source }, version);
        written += 1;
      }
      files.set(file, facts);
    },
    files,
    close: () => {
      const current = new Set([...files].flatMap(([file, known]) => namesOf(file, known)));
      const earlier = [...(before?.files ?? [])].flatMap(([file, known]) => namesOf(file, known));
      const stale = new Set([...earlier, ...disk.leftovers]).difference(new Set([...current, manifestFile]));
      for (const path of stale) disk.remove(path);
      const manifest = Buffer.from(formatManifest({ publication, maker, files }));
      if (disk.read(manifestFile)?.equals(manifest) !== true) disk.replace(manifestFile, manifest, Date.now() / 1000);
      disk.close();
      return { written, removed: stale.size, all: current.size };
    },
  };
}

/**
 * When a file without a version changed: what lies there keeps its time, and what is different gets a later second,
 * since servers make their tags of it.
 */
function timeOf(disk: Disk, file: string, identity: Uint8Array): number {
  const before = disk.look(file);
  const second = Math.floor(Date.now() / 1000);
  if (before === undefined) return second;
  return disk.read(file)!.equals(identity) ? before.second : Math.max(second, before.second + 1);
}

/** A copy of the folder may have lost its times: those of files with a version are known. */
function keepTime(disk: Disk, file: string, known: Exported): void {
  const { version } = known;
  if (version === undefined || disk.look(file)!.second === version) return;
  for (const path of namesOf(file, known)) disk.setTime(path, version);
}

function isIntact(disk: Disk, file: string, { size, gzip, brotli }: Exported): boolean {
  const holds = (path: string, bytes: number | undefined): boolean =>
    bytes === undefined || disk.look(path)?.size === bytes;
  return holds(file, size) && holds(`${file}.gz`, gzip) && holds(`${file}.br`, brotli);
}

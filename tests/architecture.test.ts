import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';

const root = new URL('../src/', import.meta.url).pathname;

/** A stage is a folder of src; a file that lies in none is one by itself, but for the settings, which `source` reads. */
const stageOf = (file: string): string => (file === 'publication.ts' ? 'source' : file.split('/')[0]!);

/** The files of src that a file imports, types and workers' scripts too. */
function importsOf(file: string): readonly string[] {
  const found = readFileSync(root + file, 'utf8').matchAll(
    /(?:\bfrom |\bimport\(|\bimport |\bnew URL\()'(\.\.?\/[^']+)'/g,
  );
  return Array.from(found, ([, path]) => join(dirname(file), path!));
}

/** The stages that each stage imports from. */
function readArrows(): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of globSync('**/*.ts', { cwd: root })) {
    const from = arrows.getOrInsertComputed(stageOf(file), () => new Set());
    for (const to of importsOf(file).map(stageOf)) if (to !== stageOf(file)) from.add(to);
  }
  return arrows;
}

const arrows = readArrows();

test('an import is an arrow, and the arrows run one way', () => {
  const left = new Map(arrows);
  // What imports from none that is left comes before all that is left.
  for (let first = [...left]; first.length > 0; ) {
    first = [...left].filter(([, to]) => ![...to].some((stage) => left.has(stage)));
    for (const [stage] of first) left.delete(stage);
  }
  expect(Object.fromEntries(left)).toEqual({});
});

test('what answers requests knows nothing of files, of how they are read, or of refreshes', () => {
  expect([...arrows.get('http')!].toSorted()).toEqual(['edition', 'feeds', 'lib', 'store']);
  expect([...arrows.get('lib')!]).toEqual([]);
});

import { expect, test } from 'vitest';
import { hashOf } from '../../src/stats/hash.ts';
import { estimate, mergeSketches, note, readSketch, type Sketch, writeSketch } from '../../src/stats/sketch.ts';

function sketchOf(from: number, to: number): Sketch {
  const sketch: Sketch = new Map();
  for (let n = from; n < to; n += 1) {
    const { first, second } = hashOf(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, [12_345, 678]);
    note(sketch, first, second);
  }
  return sketch;
}

test.each([0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000])('%d clients are estimated within 5 %%', (clients) => {
  expect(Math.abs(estimate(sketchOf(0, clients)) - clients)).toBeLessThanOrEqual(clients * 0.05);
});

test('a client that comes to two replicas is one client', () => {
  const merged = mergeSketches(sketchOf(0, 6000), sketchOf(4000, 10_000));
  expect(merged).toEqual(sketchOf(0, 10_000));
});

test('a sketch is the same after it was stored', () => {
  const sketch = sketchOf(0, 5000);
  expect(readSketch(writeSketch(sketch))).toEqual(new Map([...sketch].toSorted(([a], [b]) => a - b)));
  expect(writeSketch(readSketch(writeSketch(sketch)))).toBe(writeSketch(sketch));
  expect(writeSketch(new Map())).toBe('');
});

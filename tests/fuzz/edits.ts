import fc from 'fast-check';

/** A change to a text: some characters give way to a scrap that may be repeated. Places are parts of the whole. */
type Edit = { readonly at: number; readonly drop: number; readonly scrap: string; readonly times: number };

/** A few changes to a text, most of them small; now and then a scrap comes up to `most` times in a row. */
export function edited(text: fc.Arbitrary<string>, scrap: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> {
  const times = fc.oneof(
    { weight: 20, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: most }) },
  );
  const edit: fc.Arbitrary<Edit> = fc.record({
    at: fc.nat({ max: 10_000 }),
    drop: fc.oneof(fc.constant(0), fc.nat({ max: 6 }), fc.nat({ max: 200 })),
    scrap,
    times,
  });
  return fc.tuple(text, fc.array(edit, { maxLength: 6 })).map(([whole, edits]) => edits.reduce(apply, whole));
}

function apply(text: string, { at, drop, scrap, times }: Edit): string {
  const place = Math.floor((at / 10_001) * (text.length + 1));
  return text.slice(0, place) + scrap.repeat(times) + text.slice(place + drop);
}

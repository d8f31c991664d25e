import { remember } from '../lib/remember.ts';

/** The encodings that every document has, in the order in which ties are broken. */
export const codings = ['br', 'gzip', 'identity'] as const;
export type Coding = (typeof codings)[number];

/**
 * The coding to answer with (RFC 9110 §12.5.3): the best by weight, ties by order; undefined when the client takes
 * none of ours. Without the header, or with nothing of ours in it, identity.
 */
export function negotiateCoding(acceptEncoding: string | undefined): Coding | undefined {
  if (acceptEncoding === undefined) return 'identity';
  return (acceptEncoding.length > longest ? choose(acceptEncoding) : chosen(acceptEncoding)) ?? undefined;
}

// Readers send a few dozen different ones between them; what is longer is nobody's.
const longest = 200;
const chosen = remember(500, choose);

function choose(acceptEncoding: string): Coding | null {
  const weights = parseWeights(acceptEncoding);
  const other = weights.get('*');
  let best: Coding | null = null;
  let bestWeight = 0;
  for (const coding of codings) {
    const weight = weights.get(coding) ?? (coding === 'gzip' ? weights.get('x-gzip') : undefined) ?? other;
    // Identity is acceptable unless it is refused, but any coding that is asked for goes before it.
    const effective = weight ?? (coding === 'identity' ? 0.0005 : 0);
    if (effective > bestWeight) {
      best = coding;
      bestWeight = effective;
    }
  }
  return best;
}

function parseWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((one) => one.trim());
    const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
    const value = weight === undefined ? 1 : Number(weight);
    if (coding !== '' && value >= 0 && value <= 1) weights.set(coding, value);
  }
  return weights;
}

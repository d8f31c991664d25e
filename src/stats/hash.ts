/** Two hashes of 32 bits each. */
export type Hash = { readonly first: number; readonly second: number };

/** A day's secret as numbers: without it nobody can tell what a hash is of. */
export type Salt = readonly [number, number];

/** The salt that 16 hexadecimal digits or more stand for. */
export function toSalt(hexadecimal: string): Salt {
  return [Number.parseInt(hexadecimal.slice(0, 8), 16) | 0, Number.parseInt(hexadecimal.slice(8, 16), 16) | 0];
}

/** Salted, quick, and not for what has to withstand an attack: it only tells clients apart, for a day. */
export function hashOf(text: string, [one, other]: Salt): Hash {
  let first = 0xdeadbeef ^ one;
  let second = 0x41c6ce57 ^ other;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    first = Math.imul(first ^ code, 0x9e3779b1);
    second = Math.imul(second ^ code, 0x5f356495);
  }
  return { first: stir(first ^ (second >>> 15)), second: stir(second ^ (first >>> 13)) };
}

/** Spreads what two numbers have over all bits. */
export function stir(number: number): number {
  const half = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const all = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return all ^ (all >>> 16);
}

/** A client is an agent at an address. */
export function mix(one: Hash, other: Hash): Hash {
  return { first: stir(one.first ^ other.second), second: stir(one.second ^ other.first) };
}

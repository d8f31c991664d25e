type Optional<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T];

/** `T` whose optional members may also be given as undefined. */
export type Loose<T> = Omit<T, Optional<T>> & { readonly [K in Optional<T>]?: T[K] | undefined };

/** The same object without its undefined members: what is absent has no key. */
export function compact<T extends object>(value: Loose<T>): T {
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) if (member !== undefined) kept[name] = member;
  return kept as T;
}

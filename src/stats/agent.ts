import { otherProducts, type Product, type ProductKind, products } from './products.ts';

/** How many subscribers a fetcher says it has; `fetcher` is what it calls the subscription, empty if it does not. */
export type Saying = { readonly fetcher: string; readonly subscribers: number };

/** What a User-Agent says. */
export type AgentFacts = {
  readonly product: Product;
  /** For how many people it asks, if it says so. */
  readonly saying: Saying | undefined;
};

/** No more of a User-Agent is looked at. */
const longest = 500;

/** Reads a User-Agent (RFC 9110 §10.1.5). What it says is not checked: anybody may send anything. */
export function readAgent(userAgent: string | undefined): AgentFacts {
  if (userAgent === undefined || userAgent.trim() === '') return silent;
  const text = userAgent.slice(0, longest);
  const product = products.find(({ pattern }) => pattern.test(text)) ?? otherProducts.unknown;
  const [, said] = product.subscribers?.exec(text) ?? [];
  const [, fetcher = ''] = product.fetcher?.exec(text) ?? [];
  return {
    product,
    saying: said === undefined ? undefined : { fetcher, subscribers: Number(said.replaceAll(',', '')) },
  };
}

const silent: AgentFacts = { product: otherProducts.silent, saying: undefined };

/** The kind of a product by its name; that of one which is not in the table any more is `other`. */
export function kindOfProduct(name: string): ProductKind {
  return kinds.get(name) ?? 'other';
}

const kinds: ReadonlyMap<string, ProductKind> = new Map(products.map(({ name, kind }) => [name, kind]));

import type { Prefix } from './model.ts';
import type { XmlElement } from './xml.ts';

const namespaces: Readonly<Record<Prefix, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  webfeeds: 'http://webfeeds.org/rss/1.0',
  fh: 'http://purl.org/syndication/history/1.0',
  creativeCommons: 'http://backend.userland.com/creativeCommonsRssModule',
};

/** The root's attributes that declare the prefixes, in one order whatever order they were met in. */
export function declare(prefixes: Iterable<Prefix>): Readonly<Record<string, string>> {
  const used = new Set(prefixes);
  const declared = Object.entries(namespaces).filter(([prefix]) => used.has(prefix as Prefix));
  return Object.fromEntries(declared.map(([prefix, uri]) => [`xmlns:${prefix}`, uri]));
}

/** The prefixes of the elements' names, each once. */
export function prefixesOf(elements: readonly XmlElement[]): readonly Prefix[] {
  return [...new Set(elements.flatMap(namesOf))].filter(isPrefix);
}

function namesOf({ name, content }: XmlElement): readonly string[] {
  const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
  return typeof content === 'object' ? [prefix, ...content.flatMap(namesOf)] : [prefix];
}

function isPrefix(name: string): name is Prefix {
  return Object.hasOwn(namespaces, name);
}

import { DetectError, parseFeed as parse } from 'feedsmith';
import { Parser } from 'htmlparser2';
import { toAbsoluteUrl } from '../lib/url.ts';
import { fromAtom } from './atom-source.ts';
import { fromJson } from './json-source.ts';
import { fromRss } from './rss-source.ts';
import type { SourceEntry, SourceFeed } from './source-feed.ts';
import { publishedOnly } from './wordpress-export.ts';
import { toShownHtml } from './wordpress-text.ts';

/**
 * Reads a document in any of the formats; `url` is its own address, where it has one. Throws an Error that says what
 * was found instead: of a web page, the feeds that it links to.
 */
export function parseFeed(document: string, url: string | undefined): SourceFeed {
  const { text, leftOut } = publishedOnly(document);
  const found = attempt(text, url);
  if (found.format === 'json') return fromJson(found.feed, url);
  if (found.format === 'atom') return fromAtom(found.feed, url);
  const feed = fromRss(found.feed, found.format === 'rss' ? 'RSS' : 'RDF', url);
  return leftOut === undefined ? feed : { ...feed, leftOut, entries: feed.entries.map(asShown) };
}

function asShown(entry: SourceEntry): SourceEntry {
  return entry.html === undefined ? entry : { ...entry, html: toShownHtml(entry.html) };
}

function attempt(text: string, url: string | undefined): ReturnType<typeof parse<string>> {
  if (/^\s*(?:<!doctype html|<html)/i.test(text))
    throw new Error(`expected a feed, found a web page${linksOf(text, url)}`);
  try {
    return parse<string>(/^\s*\{/.test(text) ? readJson(text) : text);
  } catch (error) {
    const start = JSON.stringify(text.trim().slice(0, 60));
    const found = error instanceof DetectError ? 'something else' : 'one that is broken or empty';
    throw new Error(`expected RSS, Atom or JSON Feed, found ${found}, beginning with ${start}`, { cause: error });
  }
}

/** Numbers stay as written: an id of twenty digits is no number of JavaScript's. */
function readJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? context?.source : value,
  );
}

const feedTypes = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$/;

function linksOf(html: string, url: string | undefined): string {
  const links: string[] = [];
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href = '' }) {
      if (name === 'link' && /\balternate\b/i.test(rel) && feedTypes.test(type))
        links.push(toAbsoluteUrl(href, url) ?? href);
    },
  });
  parser.end(html);
  return links.length === 0 ? ' that links to none' : `, which links to ${[...new Set(links)].join(' and ')}`;
}

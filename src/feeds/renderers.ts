import { atom } from './atom.ts';
import { jsonFeed } from './json-feed.ts';
import type { Format, Renderer } from './model.ts';
import { rss } from './rss.ts';

/** The renderer of each format. */
export const renderers: Readonly<Record<Format, Renderer>> = { rss, atom, json: jsonFeed };

import { atom } from './atom.ts';
import { jsonFeed } from './json-feed.ts';
import type { Format, Renderer } from './model.ts';
import { rss } from './rss.ts';

/** To be raised when the same entries are written differently: what is made on demand has a new version then. */
export const renderingVersion = 1;

/** The renderer of each format. */
export const renderers: Readonly<Record<Format, Renderer>> = { rss, atom, json: jsonFeed };

declare module 'opmlparser' {
  import type { Transform } from 'node:stream';

  /** A stream of an OPML document's head and outlines. */
  export default class OpmlParser extends Transform {
    constructor(options: object);
    override read(): Readonly<Record<string, string>> | null;
  }
}

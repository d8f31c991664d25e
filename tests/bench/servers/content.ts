/** What the servers that Linecaster is measured against send: the same text, and what Linecaster says with it. */
export type Content = {
  readonly text: string;
  /** Names and values in turn, of the answers with gzip, with identity, and of the 304. */
  readonly gzipHeaders: readonly string[];
  readonly identityHeaders: readonly string[];
  readonly notModifiedHeaders: readonly string[];
  /** Base64. */
  readonly gzip: string;
  readonly etag: string;
  readonly lastModified: string;
  readonly items: readonly Item[];
};

/** An entry as a program that renders its feed on every request would have it. */
export type Item = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly content_html?: string;
  readonly authors?: readonly { readonly name: string }[];
  readonly tags?: readonly string[];
  readonly date_published: string;
  readonly date_modified: string;
};

/** Hands over each content that the bench sends, and says when it is in place. */
export function onContent(take: (content: Content) => void): void {
  process.on('message', (content: Content) => {
    take(content);
    process.send!({ taken: true });
  });
}

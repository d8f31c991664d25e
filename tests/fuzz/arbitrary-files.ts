import fc from 'fast-check';
import { edited } from './edits.ts';
import { scraps, settings, texts } from './file-texts.ts';

/** A file: its path below the data folder, one character for each byte, and what it holds. */
export type FuzzFile = { readonly path: string; readonly bytes: Uint8Array };

const scrap = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...scraps) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
const soup = fc.array(scrap, { maxLength: 40 }).map((all) => all.join(''));

const encoders: readonly ((text: string) => Uint8Array)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
];
const encoder = fc.oneof({ weight: 12, arbitrary: fc.constant(encoders[0]!) }, fc.constantFrom(...encoders));

/** Well-formed texts of this kind with a few changes, scraps in a row, or bytes. */
function contents(samples: readonly string[]): fc.Arbitrary<Uint8Array> {
  const text = fc.oneof(
    { weight: 6, arbitrary: edited(fc.constantFrom(...samples), scrap, 3000) },
    { weight: 2, arbitrary: soup },
  );
  return fc.oneof(
    { weight: 30, arbitrary: fc.tuple(text, encoder).map(([written, encode]) => encode(written)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  );
}

// Any byte but the slash and NUL, which no file system lets into a name.
const nameByte = fc.integer({ min: 1, max: 255 }).map((code) => (code === 47 ? 'x' : String.fromCharCode(code)));
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', 'index', '2026-02-07-post', 'post.fr', 'x y', 'a#b?c', '-', '%2e'),
  },
  {
    weight: 3,
    arbitrary: fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map((text) => Buffer.from(text).toString('latin1').replace(/[/\0]/g, '_')),
  },
  { weight: 2, arbitrary: fc.array(nameByte, { minLength: 1, maxLength: 60 }).map((bytes) => bytes.join('')) },
);
const folder = fc.constantFrom('', '', '', 'blog/', 'headlines/', 'a/b/c/', 'a.png/', 'Gr\xc3\xb6\xc3\x9fe/');

function fileOf(path: fc.Arbitrary<string>, samples: readonly string[]): fc.Arbitrary<FuzzFile> {
  return fc.record({ path, bytes: contents(samples) });
}

const anyFile = fc.constantFrom(...Object.keys(texts)).chain((type) =>
  fileOf(
    fc.tuple(folder, name).map(([in_, stem]) => `${in_}${stem}`.slice(0, 200) + type),
    texts[type]!,
  ),
);
const list = fc
  .constantFrom('.txt', '.md', '.yaml', '.json', '.csv')
  .chain((type) => fileOf(fc.constant(`headlines${type}`), type === '.md' ? texts['.txt']! : texts[type]!));
const picture = fileOf(fc.constantFrom('a.png', 'blog/a.png', 'talk.mp3'), ['']);
const publication = fileOf(fc.constant('publication.yaml'), [settings]);

/** A handful of files, among them now and then a new publication.yaml. */
export const arbitraryFolder: fc.Arbitrary<readonly FuzzFile[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: anyFile },
    { weight: 6, arbitrary: list },
    { weight: 1, arbitrary: picture },
    { weight: 1, arbitrary: publication },
  ),
  { minLength: 1, maxLength: 50, size: 'max' },
);

/** A file as a person can read it, and as a program can write it again. */
export function showFile({ path, bytes }: FuzzFile): string {
  return `  ${JSON.stringify(path)} ${JSON.stringify(Buffer.from(bytes).toString())} base64:${Buffer.from(bytes).toString('base64')}`;
}

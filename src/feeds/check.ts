import { SaxesParser } from 'saxes';
import { isCdata } from './xml.ts';

/**
 * Reads a whole XML document back strictly, namespaces and all. `expected` says by path (`rss/channel/title`) which
 * text has to be found there, once. Throws an Error that names what is wrong.
 */
export function checkXml(xml: string, expected: Readonly<Record<string, string>>): void {
  const found = readPaths(xml, new Set(Object.keys(expected)));
  for (const [path, text] of Object.entries(expected)) compare(path, text, found.get(path));
}

/**
 * Checks XML that holds `content`, if there is any, in a CDATA section: `write` and `expect` say what it is and what has to be
 * found with any content in that place. Of content that such a section gives back whatever it is, it does to check what
 * stands around it.
 */
export function checkAround(
  content: string | undefined,
  write: (content: string) => string,
  expect: (content: string | undefined) => Readonly<Record<string, string>>,
): void {
  if (content !== undefined && content !== '' && isCdata(content)) {
    try {
      checkXml(write('-'), expect('-'));
      return;
    } catch {
      // What is wrong is said of the whole.
    }
  }
  checkXml(write(content ?? ''), expect(content));
}

/** Reads JSON back; the object has to hold the `expected` members. Throws an Error that names what is wrong. */
export function checkJson(json: string, expected: Readonly<Record<string, string>>): void {
  const found = JSON.parse(json) as Readonly<Record<string, string | undefined>>;
  for (const [name, text] of Object.entries(expected)) compare(name, text, found[name]);
}

function readPaths(xml: string, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const path: string[] = [];
  let here = '';
  const collect = (text: string): void => {
    if (wanted.has(here)) texts.set(here, texts.get(here)! + text);
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    here = path.join('/');
    if (wanted.has(here)) texts.set(here, texts.get(here) ?? '');
  });
  parser.on('closetag', () => {
    path.pop();
    here = path.join('/');
  });
  parser.on('text', collect);
  parser.on('cdata', collect);
  try {
    parser.write(xml).close();
  } catch (error) {
    throw new Error(`expected well-formed XML, found an error at ${(error as Error).message}`, { cause: error });
  }
  return texts;
}

function compare(name: string, expected: string, found: string | undefined): void {
  // A parser gives every line end as a line feed (XML 1.0 §2.11).
  if (found === expected || found === expected.replace(/\r\n?/g, '\n')) return;
  throw new Error(`expected ${name} to read back as ${clip(expected)}, found ${clip(found)}`);
}

function clip(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

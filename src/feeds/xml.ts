import { toPlainText } from '../lib/text.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An XML element to write: its content is text, or elements on lines of their own, or nothing. */
export type XmlElement = {
  readonly name: string;
  /** Those that are undefined are left out. */
  readonly attributes?: Attributes;
  readonly content?: string | readonly XmlElement[];
};

/** An element with this text in it; none where there is no text. */
export function textElement(name: string, text: string | undefined, attributes: Attributes = {}): XmlElement[] {
  return text === undefined ? [] : [{ name, attributes, content: text }];
}

/** Each element on a new line, indented by `depth` steps of four spaces, as the npm package `feed` does it. */
export function writeElements(elements: readonly XmlElement[], depth: number): string {
  const indentation = `\n${'    '.repeat(depth)}`;
  return elements.map((element) => indentation + writeElement(element, depth)).join('');
}

/** A whole document with this root. */
export function writeDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${writeElement(root)}\n`;
}

/** One element without indentation before it; `depth` is where it stands. Text and values read back to the letter. */
export function writeElement({ name, attributes = {}, content }: XmlElement, depth: number = 0): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (content === undefined || content.length === 0) return `${start}/>`;
  if (typeof content === 'string') return `${start}>${escapeText(content)}</${name}>`;
  return `${start}>${writeElements(content, depth + 1)}\n${'    '.repeat(depth)}</${name}>`;
}

/** Attributes, each with a blank before it. */
export function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
}

/** The first element of `xml`, which is known to have one. */
export function replaceRoot(xml: string, name: string, attributes: Attributes): string {
  const start = xml.indexOf(`<${name} `);
  return `${xml.slice(0, start)}<${name}${writeAttributes(attributes)}${xml.slice(xml.indexOf('>', start))}`;
}

/** Text as character data (XML 1.0 §2.4). */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => references[character]!);
}

/** Text as character data in the form of the RSS Profile: `&` and `<` as hexadecimal references. */
export function escapeProfile(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => profileReferences[character] ?? references[character]!);
}

/** Text in a CDATA section, of which the first end within the text is taken apart as the npm package `feed` does it. */
export function writeCdata(text: string): string {
  return `<![CDATA[${text.replace(']]>', ']]]]><![CDATA[>')}]]>`;
}

/**
 * Whether text is read back to the letter from one CDATA section, whatever stands around it: XML allows all its characters
 * (XML 1.0 §2.2), none is changed in reading (§2.11), and the section ends at its own end only (§2.7).
 */
export function isCdata(text: string): boolean {
  return toPlainText(text) === text && !text.includes(']]>');
}

/** What stands between each `open` and its `close`, of which there are `count` pairs, one after the other. */
export function insidesOf(xml: string, open: string, close: string, count: number): readonly string[] {
  const [, ...parts] = xml.split(open);
  if (parts.length !== count) throw new Error(`expected ${count} elements, found ${parts.length}`);
  return parts.map((part) => part.slice(0, part.lastIndexOf(close)));
}

/** Text as the npm package `feed` has to be given it: what it undoes once is done once. */
export function toFeedText(text: string): string {
  return text.replaceAll('&', '&amp;');
}

// Tabs and line ends in a value would be read as spaces (XML 1.0 §3.3.3), a carriage return as a line feed (§2.11).
function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\t\n\r]/g, (character) => references[character]!);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const profileReferences: Readonly<Record<string, string>> = { '&': '&#x26;', '<': '&#x3C;' };

import { SaxesParser } from 'saxes';

/** The texts and attribute values of an XML document: every text at a path like `rss/channel/title`, in order. */
export function readXml(xml: string): (path: string) => readonly string[] {
  const found = new Map<string, string[]>();
  const path: string[] = [];
  const texts: string[] = [];
  const note = (at: string, text: string): void => void found.set(at, [...(found.get(at) ?? []), text]);
  const append = (text: string): void => void texts.push(texts.pop()! + text);
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    texts.push('');
    for (const { name: key, value } of Object.values(attributes)) note(`${path.join('/')}@${key}`, value);
  });
  parser.on('text', (text) => texts.length > 0 && append(text));
  parser.on('cdata', append);
  parser.on('closetag', () => {
    note(path.join('/'), texts.pop()!);
    path.pop();
  });
  parser.write(xml).close();
  return (at) => found.get(at) ?? [];
}

import { domainToASCII } from 'node:url';
import { type PlainText, toLine } from '../lib/text.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { compact } from './compact.ts';
import type { Person } from './draft.ts';
import { pickText, scalarText } from './fields.ts';
import { isRecord } from './located.ts';

const urlKinds = ['uri', 'avatar'] as const;
const namesOf = {
  uri: ['uri', 'url', 'link', 'homepage'],
  avatar: ['avatar', 'image', 'picture', 'image_url', 'imageURL'],
} as const;

/** Writers of a value: a name, `Name <address>`, an object with `name`, or a list of these. Undefined in place of what is none. */
export function toPeople(value: unknown): readonly (Person | undefined)[] {
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => one !== null && one !== '')
    .map((one) => (isRecord(one) ? fromRecord(one) : fromName(one)));
}

/** The URLs of writers that are none and so left out, as written. An address of mail is often meant not to be read. */
export function oddUrls(value: unknown): readonly PlainText[] {
  const records = [value].flat().filter(isRecord);
  return records.flatMap((record) => {
    const person = fromRecord(record);
    if (person === undefined) return [];
    return urlKinds.flatMap((kind) => (person[kind] === undefined ? (pickText(record, namesOf[kind]) ?? []) : []));
  });
}

function fromName(value: unknown): Person | undefined {
  const text = scalarText(value);
  if (text === undefined || text === '') return undefined;
  const open = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  // What stands there as an address is none of the name, also when Atom does not take it.
  if (open <= 0 || !/^[^\s@<>()]{1,64}@[^\s@<>()]{1,255}>$/.test(text.slice(open + 1))) return { name: text };
  return compact<Person>({ name: toLine(text.slice(0, open)), email: toEmail(text.slice(open + 1, -1)) });
}

function fromRecord(record: Readonly<Record<string, unknown>>): Person | undefined {
  const name = pickText(record, ['name', 'display_name', 'key', 'title']);
  if (name === undefined) return undefined;
  return compact<Person>({
    name,
    email: toEmail(pickText(record, ['email']) ?? ''),
    uri: toAbsoluteUrl(pickText(record, namesOf.uri) ?? ''),
    avatar: toAbsoluteUrl(pickText(record, namesOf.avatar) ?? ''),
  });
}

// RFC 2822 §3.4.1 without what needs quotes or brackets.
const address = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,253}[a-z\d])?$/i;

/** An e-mail address as Atom wants it (RFC 4287 §3.2.3), with the name of its host in ASCII. */
function toEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@') + 1;
  const email = text.slice(0, at) + domainToASCII(text.slice(at, at + 255));
  return address.test(email) ? email : undefined;
}

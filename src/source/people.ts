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

/**
 * Writers of a value: a name, `Name <address>`, several of these with commas between, `address (Name)` as RSS has it, an
 * object with `name`, or a list of all this. Undefined in place of what is none.
 */
export function toPeople(value: unknown): readonly (Person | undefined)[] {
  const values = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => one !== null && one !== '')
    .flatMap((one) => (isRecord(one) ? [fromRecord(one)] : splitMailboxes(one).map(fromName)));
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

/** A comma parts two writers behind an address only, or behind the name that follows one: `Marques, Ines` is one. */
function splitMailboxes(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return [value];
  return value.split(/(?<=@[^\s@<>()]{1,255}(?:>| \([^()]{1,255}\)))\s{0,20}[,;]/).filter((one) => one.trim() !== '');
}

const addressPart = '(?<address>[^\\s@<>()]{1,64}@[^\\s@<>()]{1,255})';
const mailboxes = [`^(?<name>.+)<${addressPart}>$`, `^${addressPart} \\((?<name>.+)\\)$`].map(
  (form) => new RegExp(form),
);

function fromName(value: unknown): Person | undefined {
  const text = scalarText(value);
  if (text === undefined || text === '') return undefined;
  const found = mailboxes.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const name = toLine((found?.name ?? '').trim().replace(/^"(.+)"$/, '$1'));
  // What stands there as an address is none of the name, also when Atom does not take it.
  return name === '' ? { name: text } : compact<Person>({ name, email: toEmail(found!.address!) });
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

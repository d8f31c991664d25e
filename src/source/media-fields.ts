import { toMediaType } from '../lib/media-type.ts';
import { compact } from './compact.ts';
import type { DraftMedia } from './draft.ts';
import { type Field, type Fields, find, pickText, report, scalarText } from './fields.ts';
import { isRecord } from './located.ts';

const urlNames = ['url', 'src', 'image', 'file', 'path', 'href', 'feature', 'teaser'];

/** The picture (the first of its synonyms), and every sound, film and file that front matter names. */
export function readMedia(fields: Fields): readonly DraftMedia[] {
  const image = find(fields, ['image', 'cover', 'thumbnail']);
  return [
    ...(image === undefined ? [] : read(fields, image, 'image').slice(0, 1)),
    ...(['audio', 'video', 'enclosure'] as const).flatMap((role) => {
      const field = find(fields, [role]);
      return field === undefined ? [] : read(fields, field, role);
    }),
  ];
}

function read(fields: Fields, field: Field, role: DraftMedia['role']): readonly DraftMedia[] {
  const values = Array.isArray(field.value) ? field.value : [field.value];
  const onBadType = (type: string): void =>
    report(fields, { ...field, value: type }, 'a media type such as audio/mpeg');
  const media = values.map((value) => (isRecord(value) ? fromRecord(value, role, onBadType) : fromText(value, role)));
  // A theme's switch for its picture.
  const isSwitch = /^(?:true|false)$/i.test(String(field.value));
  if (media.includes(undefined) && !isSwitch) report(fields, field, 'a path or URL, or keys such as url and alt');
  return media.filter((one) => one !== undefined);
}

function fromText(value: unknown, role: DraftMedia['role']): DraftMedia | undefined {
  const url = scalarText(value);
  return url === undefined || url === '' || /^(?:true|false|null)$/i.test(url) ? undefined : { role, url };
}

function fromRecord(
  record: Readonly<Record<string, unknown>>,
  role: DraftMedia['role'],
  onBadType: (written: string) => void,
): DraftMedia | undefined {
  const url = pickText(record, urlNames);
  if (url === undefined) return undefined;
  const written = pickText(record, ['type', 'mime_type']);
  const type = written === undefined ? undefined : toMediaType(written);
  if (written !== undefined && type === undefined) onBadType(written);
  return compact<DraftMedia>({
    role,
    url,
    type,
    length: toNumber(pickText(record, ['length', 'size', 'size_in_bytes'])),
    duration: toSeconds(pickText(record, ['duration', 'duration_in_seconds'])),
    alt: pickText(record, ['alt']),
    caption: pickText(record, ['caption', 'title']),
    credit: pickText(record, ['credit']),
  });
}

function toNumber(digits: string | undefined): number | undefined {
  return digits !== undefined && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** `90`, `1:30` and `0:01:30` are one duration. */
function toSeconds(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{1,9}(?:\.\d{1,9})?$|^\d{1,3}(?::\d{2}){1,2}$/.test(value)) return undefined;
  return value.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

import { mimes } from 'mrmime';

/** Kinds of sound, film and picture that mrmime does not know, with the types that Express sends them with. */
const others: readonly (readonly [extension: string, type: string])[] = [
  ['aif', 'audio/x-aiff'],
  ['aiff', 'audio/x-aiff'],
  ['avi', 'video/x-msvideo'],
  ['flac', 'audio/x-flac'],
  ['ico', 'image/vnd.microsoft.icon'],
  ['m4b', 'audio/mp4'],
  ['m4v', 'video/x-m4v'],
  ['mka', 'audio/x-matroska'],
  ['mkv', 'video/x-matroska'],
  ['wma', 'audio/x-ms-wma'],
  ['wmv', 'video/x-ms-wmv'],
];

const types: ReadonlyMap<string, string> = new Map([...Object.entries(mimes), ...others]);

/** The media type that the extension of a path or name stands for. */
export function typeOfName(path: string): string | undefined {
  const [, extension] = /\.([^./]+)$/.exec(path.slice(-20).toLowerCase()) ?? [];
  return extension === undefined ? undefined : types.get(extension);
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const mediaType = new RegExp(`^${token}/${token}(?: *; *${token}=(?:${token}|"[^"\\\\]*"))*$`);

/** Text as a media type (RFC 9110 §8.3.1); undefined when it is none, as `mp3`. */
export function toMediaType(text: string): string | undefined {
  return mediaType.test(text) ? text : undefined;
}

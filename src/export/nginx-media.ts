import { extname } from 'node:path';
import type { EditionChange } from '../edition/edition.ts';
import { forAnHour, mediaPolicy } from '../http/answer.ts';
import { typeOfName } from '../lib/media-type.ts';
import { block, quote, set } from './nginx-text.ts';

/** Pictures, audio and files, with ranges. */
export function mediaFiles(media: EditionChange['media']): readonly string[] {
  const types = new Map<string, string>();
  for (const [path] of media) {
    const type = typeOfName(path);
    const extension = extname(path).slice(1).toLowerCase();
    if (type !== undefined) types.set(extension, type.startsWith('text/') ? `${type}; charset=utf-8` : type);
  }
  const lines = Array.from(types, ([extension, type]) => `${quote(type)} ${extension};`);
  return [
    block('location ^~ /media/', [
      block('types', lines.toSorted()),
      set('Content-Security-Policy', mediaPolicy),
      set('Cache-Control', forAnHour),
      'gzip_static off;',
      'max_ranges 16;',
      'try_files $uri =404;',
    ]),
  ];
}

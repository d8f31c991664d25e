import type { Publication } from '../publication.ts';
import { dayOfName } from './article.ts';
import { compact } from './compact.ts';
import type { Fields } from './fields.ts';
import { readFileName } from './file-name.ts';
import { readAuthors, readPublished } from './front-fields.ts';
import type { ListDefaults } from './headline-list.ts';
import { readTags } from './tags.ts';

/** What front matter, or the top of a list's data, and the file's name say of every headline in it. */
export function toListDefaults(fields: Fields, { timezone }: Publication): ListDefaults {
  return compact<ListDefaults>({
    file: fields.file,
    timezone,
    authors: readAuthors(fields),
    tags: readTags(fields),
    date: readPublished(fields, timezone) ?? dayOfName(fields, readFileName(fields.file), timezone),
  });
}

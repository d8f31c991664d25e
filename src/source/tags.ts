import { termKey } from '../lib/term-key.ts';
import { type PlainText, toLine } from '../lib/text.ts';
import { type Field, type Fields, find, report, scalarText } from './fields.ts';
import { isRecord } from './located.ts';

const names = [['tags', 'tag'], ['categories', 'category'], ['keywords']] as const;

/** Tags, categories and keywords joined, those of Zola's `[taxonomies]` too; each once without regard to case. */
export function readTags(fields: Fields): readonly PlainText[] {
  const tags = names.flatMap((synonyms) => {
    const field = find(fields, synonyms);
    if (field === undefined) return [];
    if (typeof field.value === 'string' && isSplitAtBlanks(fields.file, field))
      return toLine(field.value).split(' ') as PlainText[];
    return toTags(field.value, () => report(fields, field, 'a tag or a list of tags'));
  });
  return uniqueTags([...tags, ...taxonomyTags(fields)]);
}

/** The same tags, each once without regard to case; the first spelling stays. */
export function uniqueTags(tags: readonly PlainText[]): readonly PlainText[] {
  const seen = new Map<string, PlainText>();
  for (const tag of tags) seen.getOrInsert(termKey(tag), tag);
  return [...seen.values()];
}

/** A text is split at commas, a list taken as it is. */
export function toTags(value: unknown, onOdd: () => void): readonly PlainText[] {
  if (typeof value === 'string') return value.split(',').map(toLine).filter(Boolean);
  const items = Array.isArray(value) ? value.filter((item) => item !== null) : [value];
  const tags = items.map(scalarText);
  if (tags.includes(undefined)) onOdd();
  return tags.filter((tag) => tag !== undefined && tag !== '') as PlainText[];
}

/** Jekyll's `tags: one two` are two; the other generators, and those who write commas, mean one. */
function isSplitAtBlanks(file: string, { name, value }: Field): boolean {
  const isPost = /(?:^|\/)_posts\/(?:.*\/)?\d{4}-\d{1,2}-\d{1,2}-[^/]*$/.test(file);
  return isPost && /^(?:tags|categories)$/i.test(name) && !String(value).includes(',');
}

function taxonomyTags(fields: Fields): readonly PlainText[] {
  const field = find(fields, ['taxonomies']);
  if (field === undefined) return [];
  if (!isRecord(field.value)) {
    report(fields, field, 'keys and lists of tags');
    return [];
  }
  const { value } = field;
  return ['tags', 'categories', 'keywords'].flatMap((name) =>
    value[name] === undefined ? [] : toTags(value[name], () => report(fields, field, 'lists of tags')),
  );
}

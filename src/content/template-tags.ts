import { mediaOf } from './template-media.ts';

/** Text without the tags that a site generator would have replaced, and where the first of them stood. */
export type Stripped = { readonly text: string; readonly first: number | undefined };

/** One way of writing tags: what opens and closes one, and what stays of it; undefined when it is none after all. */
type TagKind = {
  readonly open: string;
  readonly close: string;
  readonly keep: (inner: string) => string | undefined;
};

// Longer openings first: the first that fits is taken.
const kinds: readonly TagKind[] = [
  { open: '{{<', close: '>}}', keep: (inner) => keepShortcode(inner, '{{<', '>}}') },
  { open: '{{%', close: '%}}', keep: (inner) => keepShortcode(inner, '{{%', '%}}') },
  { open: '{{', close: '}}', keep: keepOutput },
  { open: '{%', close: '%}', keep: keepLiquid },
  // Docusaurus ends a summary with `{/* truncate */}`.
  { open: '{/*', close: '*/}', keep: (inner) => (inner.trim() === 'truncate' ? '<!-- truncate -->' : '') },
];

const tagLimit = 2000;

/**
 * Takes out Hugo shortcodes, Liquid tags and outputs, and MDX comments; what stands between two tags stays. A path that
 * only the tag names (`{{< ref "other.md" >}}`, `{{ "/a.png" | relative_url }}`) stays in its place, and
 * so does a picture or film. With `hasJsx`, an attribute's `={{ … }}` is an expression, and left.
 */
export function stripTags(text: string, hasJsx: boolean): Stripped {
  if (!text.includes('{')) return { text, first: undefined };
  const nextClose = closeFinder(text);
  let kept = '';
  let at = 0;
  let first: number | undefined;
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('{', Math.max(at, start + 1))) {
    const kind = kinds.find(({ open }) => text.startsWith(open, start));
    if (kind === undefined) continue;
    const from = start + kind.open.length;
    const end = nextClose(kind.close, from);
    if (end === undefined || end - from > tagLimit) continue;
    if (hasJsx && kind.open === '{{' && isExpression(text, start, end + kind.close.length)) continue;
    const replacement = kind.keep(text.slice(from, end));
    if (replacement === undefined) continue;
    kept += text.slice(at, start) + replacement;
    at = end + kind.close.length;
    // An element that has a line to itself would take what follows for HTML.
    if (replacement.startsWith('<') && /^[ \t]*\n/.test(text.slice(at, at + 100))) kept += '\n';
    if (replacement === '') first ??= start;
  }
  return { text: kept + text.slice(at), first };
}

/** Finds closings from left to right, none of them twice: a text of openings alone is searched once. */
function closeFinder(text: string): (close: string, from: number) => number | undefined {
  const found = new Map<string, number>();
  return (close, from) => {
    let at = found.get(close) ?? -2;
    if (at !== -1 && at < from) {
      at = text.indexOf(close, from);
      found.set(close, at);
    }
    return at === -1 ? undefined : at;
  };
}

// Further back nobody looks for the tag that an attribute is in.
const attributeLimit = 500;

/** Whether braces are all of an attribute's value, and not the beginning of one, as in `href={{ site.url }}/about`. */
function isExpression(text: string, start: number, end: number): boolean {
  if (text[start - 1] !== '=' || !/^(?:[\s},]|\/?>)/.test(text.slice(end, end + 2))) return false;
  const before = text.slice(Math.max(0, start - attributeLimit), start);
  const tag = before.slice(before.lastIndexOf('<'));
  return /^<[a-z]/i.test(tag) && !tag.includes('>');
}

function keepShortcode(inner: string, open: string, close: string): string | undefined {
  const tag = inner.trim();
  // `{{</* name */>}}` is how Hugo's own documentation shows `{{< name >}}`.
  if (tag.startsWith('/*') && tag.endsWith('*/')) return `${open} ${tag.slice(2, -2).trim()} ${close}`;
  const [, target] = /^(?:rel)?ref\s+["'`]?([^\s"'`]+)/.exec(tag) ?? [];
  if (target !== undefined) return target;
  return mediaOf(tag) ?? (/^\/?\s*[\w-]/.test(tag) ? '' : undefined);
}

/** Liquid's `{{ page.title }}`, told from TeX's `{{a}}` by its spaces or its dot. */
function keepOutput(inner: string): string | undefined {
  const [, , literal] = /^[\s-]*(["'])([^"']*)\1\s*(?:\||-?$)/.exec(inner) ?? [];
  if (literal !== undefined) return literal;
  const isOutput = /^(?:-?\s+|-)[\w.$[(]|^\.?\w+\.\w/.test(inner) && !inner.includes('{');
  return isOutput ? (mediaOf(inner.trim()) ?? '') : undefined;
}

function keepLiquid(inner: string): string | undefined {
  const tag = inner.replace(/^-/, '').trim();
  const [, name, target] = /^(link|post_url)\s+([^\s|]+)/.exec(tag) ?? [];
  if (target !== undefined) return name === 'link' ? `/${target.replace(/^\//, '')}` : `${target}.md`;
  return mediaOf(tag) ?? (/^[a-z_]\w*/i.test(tag) ? '' : undefined);
}

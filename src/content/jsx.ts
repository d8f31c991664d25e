import type { Stripped } from './template-tags.ts';

const imports = /^import\s+(?:[\w*{][^;'"]*\sfrom\s+)?['"][^'"\n]+['"];?[ \t]*(?:\n|$)/;
const exports = /^export\s+(?:(?:const|let|var|default|function|async|class)\b[^\n]*[={(]|[*{])/;

/** Takes out of a paragraph of MDX its import and export lines and its components' tags; their content stays. */
export function stripJsx(paragraph: string): Stripped {
  const text = withoutModuleLines(paragraph);
  const tags = stripComponents(text);
  return text.length < paragraph.length ? { text: tags.text, first: 0 } : tags;
}

function withoutModuleLines(paragraph: string): string {
  let text = paragraph;
  for (let line = imports.exec(text); line !== null; line = imports.exec(text)) text = text.slice(line[0].length);
  return exports.test(text) ? '' : text;
}

// Not `Map<String>`, not `\<Note>`, which Markdown shows as it is, and not an address: `[a](<My photo.png>)`, `[a]: <My …>`.
const tagStarts = /(?<!\\|\]\([ \t]*|^ {0,3}\[(?!\^)[^\]\n]*\]:[ \t]*)(?:<(?=\/[A-Za-z>])|(?<!\w)<(?=[A-Za-z>]))/gm;

function stripComponents(text: string): Stripped {
  if (!text.includes('<')) return { text, first: undefined };
  const hasFragment = text.includes('</>');
  let kept = '';
  let at = 0;
  let first: number | undefined;
  let looks = longLooks;
  for (const { index } of text.matchAll(tagStarts)) {
    if (index < at) continue;
    const isLong = looks > 0 && expressionStart.test(text.slice(index, index + tagLimit));
    const end = tagEnd(text, index, isLong ? longTagLimit : tagLimit);
    if (isLong && end === undefined) looks -= 1;
    const left = end === undefined ? undefined : withoutJsx(text.slice(index, end), hasFragment);
    if (end === undefined || left === undefined) continue;
    kept += text.slice(at, index) + left;
    at = end;
    first ??= index;
  }
  return { text: kept + text.slice(at), first };
}

/**
 * What is left of a tag: nothing of a component (`<Note>`, not `<P>` or `<IMG>`) and of a fragment, an element's
 * attributes that are no expressions. Undefined when it is no JSX.
 */
function withoutJsx(tag: string, hasFragment: boolean): string | undefined {
  if (tag === '<>' || tag === '</>') return hasFragment ? '' : undefined;
  if (/^<\/?[A-Z][\w.]*[a-z.]/.test(tag)) return '';
  if (!/^<[a-z]/.test(tag)) return undefined;
  const plain = tag.replace(attributes, (_, quoted: string | undefined, name = '', expression = '') => {
    return quoted ?? (urlNames.has(name) ? toUrlAttribute(name, expression) : '');
  });
  if (plain === tag) return undefined;
  // What is alone between its brackets only groups, and would keep the Markdown in it from being read.
  return plain.includes('=') ? plain : '';
}

// A quoted value, which may hold braces; or an expression, with braces in it at most two deep.
const attributes = /("[^"]*"|'[^']*')|\s+(?:([\w:.-]+)=(?=\{)|(?=\{\.\.\.))\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;
const urlNames: ReadonlySet<string> = new Set(['src', 'href', 'poster']);

/** `src={require('./a.png').default}` and `src={url('/a.png')}` name one path, `src={'/a/' + name}` a part of one. */
function toUrlAttribute(name: string, expression: string): string {
  const [, , path] = /^[^"'`$+]*(["'`])([^"'`$]+)\1[^"'`$+]*$/.exec(expression) ?? [];
  return path === undefined ? '' : ` ${name}="${path}"`;
}

const tagLimit = 500;
// A component may be given all figures of a chart: `<Chart data={[…]} />`.
const expressionStart = /^<[A-Z][\w.]*\s[^<>]*?[\w-]=\{/;
const longTagLimit = 20_000;
// Where such tags do not end, looking so far has to.
const longLooks = 20;

/** The end of the tag that begins at `start`: the first `>` outside of quotes and braces, within `most` characters. */
function tagEnd(text: string, start: number, most: number): number | undefined {
  let braces = 0;
  let quote = '';
  const limit = Math.min(text.length, start + most);
  for (let i = start + 1; i < limit; i += 1) {
    const character = text[i]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') braces += 1;
    else if (character === '}') braces -= 1;
    else if (braces > 0) continue;
    else if (character === '>') return i + 1;
    else if (character === '<') return undefined;
  }
  return undefined;
}

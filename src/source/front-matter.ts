import type { PlainText } from '../lib/text.ts';
import { describe } from './describe.ts';
import { isRecord, type Located, type Unreadable } from './located.ts';
import { readToml } from './toml.ts';
import { readYaml } from './yaml.ts';

/** A file's front matter and what follows it. */
export type FrontMatter = {
  /** Absent when the file has none. */
  readonly data?: Located;
  readonly body: PlainText;
  /** 1-based line on which the body begins. */
  readonly line: number;
};

type Block = { readonly language: 'yaml' | 'toml' | 'json' | 'other'; readonly text: string; readonly end: number };

/** In UTF-16 units. Parsers take microseconds for each. */
export const longestFrontMatter = 100_000;

/**
 * Takes front matter off a text: YAML between `---`, TOML between `+++`, a JSON object at the very top, or `---json`
 * and its kind. Blank lines may precede it. One that is never closed, as in a file saved by halves, is unreadable.
 */
export function splitFrontMatter(text: PlainText): FrontMatter | Unreadable {
  const start = skipBlankLines(text);
  const firstLine = 1 + countLines(text, 0, start);
  const block = findBlock(text, start);
  if (block === undefined) {
    const fence = mistypedFence(text.slice(start, start + longestFrontMatter));
    if (fence === undefined) return { body: text, line: 1 };
    const found = fence.trim() === '---' ? 'a blank before it' : describe(fence);
    return { message: `front matter: expected --- alone on its line, found ${found}`, line: firstLine };
  }
  if (typeof block === 'string') return { message: block, line: firstLine };
  if (block.text.length > longestFrontMatter) {
    const found = block.text.length.toLocaleString('en');
    return { message: `front matter: expected at most 100,000 characters, found ${found}`, line: firstLine };
  }
  const data = readBlock(block, block.language === 'json' && text[start] === '{' ? firstLine : firstLine + 1);
  if ('message' in data) return { ...data, message: `front matter: ${data.message}` };
  if (data.value !== null && data.value !== undefined && !isRecord(data.value)) {
    return { message: 'front matter: expected keys and values, found none', line: firstLine };
  }
  const next = text.indexOf('\n', block.end);
  const bodyStart = next === -1 ? text.length : next + 1;
  return { data, body: text.slice(bodyStart) as PlainText, line: firstLine + countLines(text, start, bodyStart) };
}

/** Whether the text begins as front matter does; its first hundred characters are enough. */
export function opensFrontMatter(text: string): boolean {
  return /^\s*(?:---(?:ya?ml|toml|json|js|javascript)?[ \t]*(?:\n|$)|\+\+\+[ \t]*(?:\n|$)|\{\s*["}])/.test(
    text.slice(0, 200),
  );
}

function skipBlankLines(text: string): number {
  let start = 0;
  for (let at = 0; at < text.length && /\s/.test(text[at]!); at += 1) if (text[at] === '\n') start = at + 1;
  return start;
}

/** The block at `start`, a sentence when it is not closed, or undefined when the text has none. */
function findBlock(text: string, start: number): Block | string | undefined {
  if (/^\{\s*["}]/.test(text.slice(start, start + 200))) return findJson(text, start);
  const open = /^(---|\+\+\+)((?:ya?ml|toml|json|js|javascript)?)[ \t]*(?:\n|$)/.exec(text.slice(start, start + 100));
  if (open === null) return undefined;
  const contents = start + open[0].length;
  const end = findFence(text, contents, open[1]!);
  if (end === undefined) return `front matter: expected a closing ${open[1]}, found the end of the file`;
  return { language: languageOf(open[1]!, open[2]!), text: text.slice(contents, end), end };
}

// Word processors make dashes of hyphens, and a blank or a fourth hyphen is typed soon.
const dashes = /^[ \t]*[-–—]{1,40}[ \t]*$/;
const ordinaryKey = /^(?:title|date|draft|tags|author|status|slug|published)[ \t]*:/i;

/** The line in the place of `---` above what is front matter for the rest: keys and values down to another such line. */
function mistypedFence(text: string): string | undefined {
  const [fence = '', ...lines] = text.split('\n', 200);
  const end = dashes.test(fence) ? lines.findIndex((line) => dashes.test(line)) : -1;
  const block = lines.slice(0, Math.max(0, end));
  const isBlock = block.every((line) => /^(?:[\w-]{1,40}[ \t]*:|[ \t#]|-[ \t]|$)/.test(line));
  return isBlock && block.some((line) => ordinaryKey.test(line)) ? fence : undefined;
}

function languageOf(fence: string, name: string): Block['language'] {
  if (fence === '+++') return 'toml';
  if (name === '' || name === 'yaml' || name === 'yml') return 'yaml';
  return name === 'toml' || name === 'json' ? name : 'other';
}

function findFence(text: string, from: number, fence: string): number | undefined {
  for (let at = from; at !== 0 && at < text.length; at = text.indexOf('\n', at) + 1) {
    // `...` ends a YAML document as well.
    const line = text.slice(at, at + 3);
    if (line !== fence && (line !== '...' || fence !== '---')) continue;
    if (/^[ \t]*(?:\n|$)/.test(text.slice(at + 3, at + 100))) return at;
  }
  return undefined;
}

function findJson(text: string, start: number): Block | string {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return { language: 'json', text: text.slice(start, at + 1), end: at + 1 };
  }
  return 'front matter: expected a closing }, found the end of the file';
}

function endOfString(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function readBlock(block: Block, firstLine: number): Located | Unreadable {
  if (block.language === 'other')
    return { message: 'expected YAML, TOML or JSON, found another language', line: firstLine };
  return block.language === 'toml'
    ? readToml(block.text, firstLine)
    : readYaml(block.text, firstLine, block.language === 'json' ? 'JSON' : 'YAML');
}

function countLines(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}

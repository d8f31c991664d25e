/** A stretch of Markdown: code, which shows as it is typed, or a paragraph's worth of anything else. */
export type MarkdownPart = { readonly isCode: boolean; readonly text: string };

type Fence = { readonly marker: string; readonly isQuoted: boolean; readonly end?: RegExp };

// Containers' signs, then the fence; each alternative begins with another character, so that nothing backtracks.
const fenceStart = /^((?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*)(`{3,}|~{3,})([^\n]*)$/;
const listItem = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;

/** Takes Markdown apart at its code: fenced, indented, and in backticks. The parts joined are the text. */
export function splitMarkdown(text: string): readonly MarkdownPart[] {
  return blocksOf(text).flatMap((block) => (block.isCode ? [block] : splitCodeSpans(block.text)));
}

/** Whole lines: a fenced or indented block, or lines up to a blank one. */
export function blocksOf(text: string): readonly MarkdownPart[] {
  const blocks: MarkdownPart[] = [];
  let isCodeOpen = false;
  let start = 0;
  let fence: Fence | undefined;
  let isInList = false;
  let isAfterBlank = true;
  const put = (isCode: boolean, at: number, isNew: boolean): void => {
    if (at > start && (isNew || isCode !== isCodeOpen)) {
      blocks.push({ isCode: isCodeOpen, text: text.slice(start, at) });
      start = at;
    }
    isCodeOpen = isCode;
  };
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, end);
    const isBlank = line.trim() === '';
    if (fence?.isQuoted && !/^\s*>/.test(line)) fence = undefined;
    if (fence !== undefined) {
      put(true, at, false);
      if (isFenceEnd(line, fence)) fence = undefined;
      continue;
    }
    fence = startFence(line);
    if (listItem.test(line)) isInList = true;
    else if (isAfterBlank && /^\S/.test(line)) isInList = false;
    const isIndented = !isInList && /^(?: {4}|\t)/.test(line) && (isAfterBlank || isCodeOpen);
    const isCode = fence !== undefined || (isIndented && !isBlank);
    put(isCode, at, isAfterBlank && !isBlank);
    isAfterBlank = isBlank;
  }
  return [...blocks, { isCode: isCodeOpen, text: text.slice(start) }];
}

function startFence(line: string): Fence | undefined {
  const [, prefix = '', marker, info = ''] = fenceStart.exec(line.trimEnd()) ?? [];
  if (marker === undefined || (marker.startsWith('`') && info.includes('`'))) return undefined;
  return { marker, isQuoted: prefix.includes('>') };
}

function isFenceEnd(line: string, { marker }: Fence): boolean {
  const rest = line.replace(/^[ \t>]+/, '').trimEnd();
  return rest.length >= marker.length && rest === marker[0]!.repeat(rest.length);
}

/** Code spans (CommonMark §6.1): a run of backticks up to the next run of the same length. */
function splitCodeSpans(text: string): readonly MarkdownPart[] {
  if (!text.includes('`')) return [{ isCode: false, text }];
  const runs = Array.from(text.matchAll(/\\`|`+/g)).filter(([run]) => !run.startsWith('\\'));
  const ends = partners(runs.map(([run]) => run.length));
  const parts: MarkdownPart[] = [];
  let at = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const end = ends[i];
    if (end === undefined) continue;
    const start = runs[i]!.index;
    const stop = runs[end]!.index + runs[end]![0].length;
    parts.push({ isCode: false, text: text.slice(at, start) }, { isCode: true, text: text.slice(start, stop) });
    at = stop;
    i = end;
  }
  return [...parts, { isCode: false, text: text.slice(at) }];
}

/** For each length the index of its next equal. */
function partners(lengths: readonly number[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const found: (number | undefined)[] = [];
  for (let i = lengths.length - 1; i >= 0; i -= 1) {
    found[i] = next.get(lengths[i]!);
    next.set(lengths[i]!, i);
  }
  return found;
}

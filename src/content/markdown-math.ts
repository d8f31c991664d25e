import type { MarkdownIt as Markdown } from 'markdown-it';

// `$$…$$` as kramdown, Hugo and Docusaurus write it, and `$…$` that holds a command, which no price does.
const dollars = /\$\$(?!\$)((?:[^$`\\]|\\[\s\S])+)\$\$|\$(?![\s$])((?:[^$`\\\n]|\\[^\n])+)(?<!\s)\$(?!\d)/y;
// `\\(…\\)` is written where Markdown is known to take the first backslash away.
const brackets = /\\\\([([])([^`]+?)\\\\([)\]])/y;
const longest = 2000;
const mostLines = 50;

/**
 * TeX stays as it is written, for the reader's eye or a script: its underscores and asterisks are no emphasis, its
 * backslashes no escapes, and a line of it that begins with `-` or `=` is no list and no heading.
 */
export function addMath(markdown: Markdown): void {
  markdown.inline.ruler.before('escape', 'math', (state, silent) => {
    const sign = state.src[state.pos];
    if (sign !== '$' && sign !== '\\') return false;
    const math = readMath(state.src.slice(state.pos, Math.min(state.posMax, state.pos + longest)));
    if (math === undefined) return false;
    if (!silent) state.pending += math.text;
    state.pos += math.length;
    return true;
  });
  markdown.block.ruler.before(
    'fence',
    'math',
    (state, start, end, silent) => {
      const lineAt = (line: number): string =>
        state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]);
      if (!lineAt(start).startsWith('$$') || state.sCount[start]! - state.blkIndent >= 4) return false;
      const last = Math.min(end, start + mostLines);
      let line = start;
      while (line < last && !isClosed(lineAt(line), line === start)) {
        line += 1;
        if (line < last && (state.isEmpty(line) || state.sCount[line]! < state.blkIndent)) return false;
      }
      const text = state.getLines(start, line + 1, state.blkIndent, false).trim();
      if (line >= last || readMath(text)?.length !== text.length) return false;
      if (silent) return true;
      state.line = line + 1;
      state.push('paragraph_open', 'p', 1).map = [start, state.line];
      const inline = state.push('inline', '', 0);
      inline.content = text;
      inline.map = [start, state.line];
      inline.children = [];
      state.push('paragraph_close', 'p', -1);
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  );
}

/** The formula that a text begins with, as it is shown; undefined where it begins with none. */
function readMath(text: string): { readonly text: string; readonly length: number } | undefined {
  dollars.lastIndex = 0;
  const [whole, block, inline] = dollars.exec(text) ?? [];
  if (whole !== undefined) {
    const isTex = block === undefined ? /\\[a-z{]/i.test(inline!) : /[\\^_=]/.test(block) && !block.includes('](');
    return isTex ? { text: whole, length: whole.length } : undefined;
  }
  brackets.lastIndex = 0;
  const [bracketed, open, content, close] = brackets.exec(text) ?? [];
  if (bracketed === undefined || close !== (open === '(' ? ')' : ']')) return undefined;
  // Who doubles the backslashes there does so within.
  const shown = content!.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return { text: `\\${open}${shown}\\${close}`, length: bracketed.length };
}

function isClosed(line: string, isFirst: boolean): boolean {
  return line.trimEnd().endsWith('$$') && (!isFirst || line.trim().length > 4);
}

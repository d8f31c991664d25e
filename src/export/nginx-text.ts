/** A parameter as nginx reads it. Where variables are looked for, a dollar sign has to be one of a variable. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** A text as a regular expression that is found nowhere else. */
export function literal(text: string): string {
  return text.replace(/[.*+?|()[{]/g, '[$&]').replace(/[\\^$]/g, '\\$&');
}

/** A directive with a block of others. */
export function block(head: string, lines: readonly string[]): string {
  return lines.length === 0
    ? `${head} { }`
    : `${head} {\n${lines.map((line) => line.replace(/^/gm, '  ')).join('\n')}\n}`;
}

/** The snippet's variable for what a header says; an empty one is not sent. */
export function variable(name: string): string {
  return `$linecaster_${name.toLowerCase().replaceAll('-', '_')}`;
}

/** Sets what a header says. */
export function set(name: string, value: string): string {
  return `set ${variable(name)} ${quote(value)};`;
}

/** Whether paths may stand in the snippet: control characters may not. */
export function isPlain(path: string): boolean {
  return !/[\u0000-\u001f\u007f]/.test(path);
}

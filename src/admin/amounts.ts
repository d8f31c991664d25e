const count = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number with its thousands apart. */
export function showCount(value: number): string {
  return count.format(value);
}

/** How many of something: 1 file, 2 files. */
export function showMany(value: number, one: string, many = `${one}s`): string {
  return `${showCount(value)} ${value === 1 ? one : many}`;
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in the unit that is short to read, by thousands. */
export function showBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), sizes.length - 1);
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${sizes[power]}`;
}

/** A duration given in milliseconds. */
export function showDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = seconds / 60;
  if (minutes < 120) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}

/** A number in a few characters: 1.2M. */
export function showShort(value: number): string {
  return short.format(value);
}

/** A part of a whole in per cent; empty when there is no whole. */
export function showShare(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.round((part / whole) * 100)} %`;
}

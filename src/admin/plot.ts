import { escapeHtml } from '../lib/html.ts';

/** Figures over time: for each label, one value of each series, stacked. */
export type Plot = {
  /** For the elements of the page that belong together. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in a sentence, for those who do not see it. */
  readonly description: string;
  /** What stands under the bars, in order. */
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly show: (value: number) => string;
};

/** A plot as the page shows it. */
export type ShownPlot = {
  readonly title: string;
  /** Markup. */
  readonly svg: string;
  readonly legend: readonly { readonly name: string; readonly className: string }[];
  readonly table: readonly { readonly label: string; readonly values: readonly string[] }[];
};

// The picture's own units; the page stretches it.
const width = 400;
const height = 180;
const left = 58;
const right = 4;
const top = 10;
const bottom = 24;
const widest = 28;

/** Stacked bars as SVG with a title and a description (SVG 2 §5.8), a legend, and the same as a table. */
export function showPlot(plot: Plot): ShownPlot {
  const { id, title, description, labels, series, show } = plot;
  const highest = Math.max(...labels.map((_, index) => sumAt(plot, index)), 0);
  const most = roundUp(highest);
  const parts = [
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>`,
    ...[0, most / 2, most].map((value) => gridLine(yOf(value, most), show(value))),
    ...labels.map((_, index) => bar(plot, index, most)),
    ...footOf(labels),
  ];
  return {
    title,
    svg: `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">${parts.join('')}</svg>`,
    legend: series.map(({ name }, index) => ({ name, className: classOf(index) })),
    table: labels.map((label, index) => ({ label, values: series.map(({ values }) => show(values[index] ?? 0)) })),
  };
}

function sumAt({ series }: Plot, index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}

/** The next number above that halves well: 1, 2, 4, 6, 8 or 10 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

function yOf(value: number, most: number): number {
  return top + (height - top - bottom) * (1 - value / most);
}

function gridLine(y: number, text: string): string {
  const line = `<line class="grid" x1="${left}" x2="${width - right}" y1="${round(y)}" y2="${round(y)}"/>`;
  return `${line}<text x="${left - 6}" y="${round(y + 4)}" text-anchor="end">${escapeHtml(text)}</text>`;
}

function bar({ labels, series }: Plot, index: number, most: number): string {
  const step = (width - left - right) / labels.length;
  const wide = Math.min(step * 0.85, widest);
  const x = left + step * index + (step - wide) / 2;
  let under = 0;
  return series
    .map(({ values }, which) => {
      const value = values[index] ?? 0;
      const y = yOf(under + value, most);
      const tall = yOf(under, most) - y;
      under += value;
      if (value <= 0) return '';
      const size = `width="${round(Math.max(wide, 0.5))}" height="${round(tall)}"`;
      return `<rect class="${classOf(which)}" x="${round(x)}" y="${round(y)}" ${size}/>`;
    })
    .join('');
}

/** What stands under the first and the last bar. */
function footOf(labels: readonly string[]): readonly string[] {
  const y = height - 6;
  const [first, last] = [labels[0], labels.length > 1 ? labels.at(-1) : undefined];
  const text = (x: number, anchor: string, label: string | undefined): string =>
    label === undefined ? '' : `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeHtml(label)}</text>`;
  return [text(left, 'start', first), text(width - right, 'end', last)];
}

function classOf(series: number): string {
  return `series-${series % 6}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

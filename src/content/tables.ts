import { element, type HtmlElement, type HtmlNode, isBlank, isElement } from './tree.ts';

/** Elements that mean nothing outside a table. */
export const tableParts: ReadonlySet<string> = new Set('caption colgroup col thead tbody tfoot tr td th'.split(' '));

type FitCell = (cell: HtmlElement) => readonly HtmlNode[];

/**
 * A table of caption, columns, sections, rows and cells and nothing else; undefined when it has no cell. `stray` is
 * what stood in it at a wrong place, which a parser moves out before it. `fitCell` fits what cells and caption hold.
 */
export function fitTable(table: HtmlElement, fitCell: FitCell): { stray: readonly HtmlNode[]; table?: HtmlElement } {
  const rows = new Rows(fitCell);
  for (const child of table.children) rows.addToTable(child);
  const { sections, stray } = rows.end();
  const caption = table.children.find((child) => isElement(child, 'caption'));
  if (sections.length === 0) return { stray: isElement(caption) ? [...caption.children, ...stray] : stray };
  const head = isElement(caption) ? [fitted(caption, fitCell)] : [];
  return { stray, table: { ...table, children: [...head, ...columnsOf(table), ...sections] } };
}

function columnsOf(table: HtmlElement): readonly HtmlNode[] {
  return table.children
    .filter((child) => isElement(child, 'colgroup', 'col'))
    .map((column) =>
      column.name === 'col'
        ? element('colgroup', {}, [column])
        : { ...column, children: column.children.filter((child) => isElement(child, 'col')) },
    );
}

function fitted(cell: HtmlElement, fitCell: FitCell): HtmlElement {
  return { ...cell, children: fitCell(cell) };
}

/** Gathers sections out of what a table holds, with the sections and rows that loose rows and cells imply. */
class Rows {
  readonly #fitCell: FitCell;
  readonly #sections: HtmlElement[] = [];
  readonly #stray: HtmlNode[] = [];
  #rows: HtmlElement[] = [];
  #cells: HtmlElement[] = [];

  constructor(fitCell: FitCell) {
    this.#fitCell = fitCell;
  }

  addToTable(node: HtmlNode): void {
    if (isElement(node, 'caption', 'colgroup', 'col')) return;
    if (!isElement(node, 'thead', 'tbody', 'tfoot')) {
      this.#addToSection(node);
      return;
    }
    this.#endSection(element('tbody'));
    for (const child of node.children) this.#addToSection(child);
    this.#endSection(node);
  }

  end(): { readonly sections: readonly HtmlElement[]; readonly stray: readonly HtmlNode[] } {
    this.#endSection(element('tbody'));
    return { sections: this.#sections, stray: this.#stray };
  }

  #addToSection(node: HtmlNode): void {
    if (!isElement(node, 'tr')) {
      this.#addToRow(node);
      return;
    }
    this.#endRow(element('tr'));
    for (const child of node.children) this.#addToRow(child);
    this.#endRow(node);
  }

  #addToRow(node: HtmlNode): void {
    if (isElement(node, 'td', 'th')) this.#cells.push(fitted(node, this.#fitCell));
    else if (!isBlank(node)) this.#stray.push(node);
  }

  #endRow(row: HtmlElement): void {
    if (this.#cells.length > 0) this.#rows.push({ ...row, children: this.#cells });
    this.#cells = [];
  }

  #endSection(section: HtmlElement): void {
    this.#endRow(element('tr'));
    if (this.#rows.length > 0) this.#sections.push({ ...section, children: this.#rows });
    this.#rows = [];
  }
}

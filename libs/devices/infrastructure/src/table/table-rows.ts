import {
  DEVICE_COLUMNS,
  type DeviceColumn,
  type DeviceTableLimits,
  type DeviceTableRow,
  type TableRefused,
} from '#devices/application';
import { RefusedTable } from './refused-table.ts';
import { rowOf } from './row-of-cells.ts';

/** Makes rows of the cells of a table, which are the columns' names in the beginning, and knows on which line it is. */
export class TableRows {
  readonly #limits: DeviceTableLimits;
  readonly #rows: DeviceTableRow[] = [];
  #columns: readonly DeviceColumn[] | undefined;
  #line = 1;

  constructor(limits: DeviceTableLimits) {
    this.#limits = limits;
  }

  take(cells: readonly string[]): void {
    if (!isEmptyLine(cells)) {
      if (this.#columns === undefined) this.#columns = this.#columnsOf(cells);
      else this.#add(this.#columns, cells);
    }
    this.#line += cells.join('').split('\n').length;
  }

  all(): readonly DeviceTableRow[] {
    if (this.#columns === undefined)
      throw new RefusedTable(this.unreadable('it is empty: the first line names columns'));
    return this.#rows;
  }

  /** Because of what stands behind the rows that were taken. */
  unreadable(reason: string): TableRefused {
    return { kind: 'TableUnreadable', line: this.#line, reason };
  }

  #add(columns: readonly DeviceColumn[], cells: readonly string[]): void {
    if (cells.length !== columns.length) {
      const reason = `the row has ${cells.length} cells, and the first line names ${columns.length} columns`;
      throw new RefusedTable(this.unreadable(reason));
    }
    if (this.#rows.length === this.#limits.rows) throw new RefusedTable({ kind: 'TableTooLarge', ...this.#limits });
    this.#rows.push(rowOf(new Map(columns.map((column, index) => [column, cells[index] ?? ''])), this.#line));
  }

  #columnsOf(header: readonly string[]): readonly DeviceColumn[] {
    const columns = header.map((cell, index) => {
      const column = DEVICE_COLUMNS.find((name) => name === cell.trim().toLowerCase());
      if (column === undefined)
        throw new RefusedTable({ kind: 'UnknownColumn', column: index + 1, known: DEVICE_COLUMNS });
      return column;
    });
    const twice = columns.find((column, index) => columns.indexOf(column) !== index);
    if (twice !== undefined) throw new RefusedTable(this.unreadable(`the column "${twice}" is there twice`));
    if (!columns.includes('name')) throw new RefusedTable(this.unreadable('there is no column "name"'));
    return columns;
  }
}

function isEmptyLine(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}

import type { TableRefused } from '#devices/application';

/** Leaves the reading of a table that is refused. */
export class RefusedTable extends Error {
  readonly refusal: TableRefused;

  constructor(refusal: TableRefused) {
    super(`The table is refused: ${refusal.kind}.`);
    this.refusal = refusal;
  }
}

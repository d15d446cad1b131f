import { failingCells, type FaultCell, type FaultSweep } from './fault-sweep.ts';
import { faults, titleOf } from './faults.ts';

const NOT_TRIED = '·';

/** The matrix as a table for people: a row for each call, a column for each fault that was tried anywhere. */
export function faultMatrix({ calls, cells }: Pick<FaultSweep, 'calls' | 'cells'>): string {
  const columns = faults.filter((fault) => cells.some((cell) => cell.fault === fault));
  const head = ['', 'call', ...columns.map(titleOf)];
  const rows = calls.map(({ number, what }) => [
    String(number),
    what,
    ...columns.map((fault) => told(cells.find((cell) => cell.number === number && cell.fault === fault))),
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padStart(widths[0] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join('  '),
  );
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** How the workflow ended where all holds, and the verdict where it does not. */
function told(cell: FaultCell | undefined): string {
  if (cell === undefined) return NOT_TRIED;
  return cell.verdict === 'holds' ? cell.outcome : cell.verdict.toUpperCase();
}

/** One line for the report of the run. */
export function summaryOf(sweep: FaultSweep): string {
  const { title, calls, cells, planned, notSwept } = sweep;
  const failing = failingCells(sweep).length;
  const tried = cells.length === planned ? `${planned} cells` : `${cells.length} of ${planned} cells`;
  const verdict = failing === 0 ? 'all hold' : `${failing} fail`;
  const rest = notSwept.length === 0 ? '' : `; not swept, as only a fault brings them about: ${notSwept.join(', ')}`;
  return `${tried} of ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${verdict}: ${title}${rest}`;
}

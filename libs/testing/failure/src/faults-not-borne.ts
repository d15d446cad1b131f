import { only } from '#testing/report';
import { relative } from 'node:path';
import { faultMatrix, summaryOf } from './fault-matrix.ts';
import { failingCells, type FaultCell, type FaultSweep } from './fault-sweep.ts';
import { where } from './injected-fault.ts';
import { CELL } from './replay-token.ts';

/** A workflow does not bear every fault. Tells the first failing cell in full, the others in a line each, and the matrix. */
export class FaultsNotBorne extends Error {
  readonly sweep: FaultSweep;

  constructor(sweep: FaultSweep) {
    const [first, ...others] = failingCells(sweep);
    const rest = others.length === 0 ? [] : ['', 'And also:', ...others.map(lineOf)];
    const told = first === undefined ? [] : inFull(first, sweep);
    super([summaryOf(sweep), '', ...told, ...rest, '', faultMatrix(sweep)].join('\n'));
    this.name = 'FaultsNotBorne';
    this.sweep = sweep;
  }
}

function inFull(cell: FaultCell, { file, title, calls }: FaultSweep): readonly string[] {
  const after = cell.recovered === null ? '' : `, its recovery: ${cell.recovered}`;
  const at = calls.find(({ number }) => number === cell.number)?.at ?? null;
  return [
    `${where(cell)} (${cell.verdict}; the workflow: ${cell.outcome}${after})`,
    ...(at === null ? [] : [`  called at ${at}`]),
    ...(cell.error ?? '').split('\n').map((line) => `  ${line}`),
    `  Again, alone: ${CELL.variable}=${cell.token} npx mocha ${file === null ? '' : `${relative('', file)} `}-g ${only({ title })}`,
  ];
}

function lineOf(cell: FaultCell): string {
  const [headline = ''] = (cell.error ?? '').split('\n');
  return `  ${where(cell)}: ${headline} ${CELL.variable}=${cell.token}`;
}

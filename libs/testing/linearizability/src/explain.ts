import { told, tableOf } from './history-table.ts';
import type { Refuted } from './linearize.ts';

const SHOWN = 6;

/** Tells people which answer no order explains, what happened up to it, and what the model would have answered. */
export function explain<S, Op, A>({ prefix, misfit, reached }: Refuted<S, Op, A>): string {
  const { client, op, answer } = misfit;
  const could = reached.slice(0, SHOWN).map((one) => `  ${told(one.answer)}   in the state ${told(one.state)}`);
  const more = reached.length - could.length;
  return [
    `No order of these operations explains that ${client} was answered ${told(answer.value)} to ${told(op)}:`,
    '',
    tableOf(prefix, misfit),
    '',
    'Wherever it comes, the model answers:',
    ...could,
    ...(more > 0 ? [`  … and in ${more} states more`] : []),
  ].join('\n');
}

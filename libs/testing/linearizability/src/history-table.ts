import { inspect } from 'node:util';
import type { Operation } from './operation.ts';

type Row = { readonly at: number; readonly client: string; readonly text: string; readonly mark?: string };

const OPEN = '│';

/**
 * A time-line for people: a line for each invocation and answer, a column for each client. `misfit` is the operation whose
 * answer is marked.
 */
export function tableOf<Op, A>(operations: readonly Operation<Op, A>[], misfit?: Operation<Op, A>): string {
  const clients = [...new Set(operations.map(({ client }) => client))].sort();
  const rows = operations.flatMap((operation) => rowsOf(operation, operation === misfit));
  rows.sort((one, other) => one.at - other.at);
  const widths = clients.map((client) =>
    Math.max(client.length, ...rows.filter((row) => row.client === client).map(({ text }) => text.length)),
  );
  const line = (head: string, cells: readonly string[], mark = ''): string =>
    [head, ...cells.map((cell, index) => cell.padEnd(widths[index] as number)), mark].join('   ').trimEnd();

  const underWay = new Set<string>();
  const body = rows.map(({ at, client, text, mark }, index) => {
    const cells = clients.map((one) => (one === client ? text : underWay.has(one) ? OPEN : ''));
    if (operations.some(({ invoked }) => invoked === at)) underWay.add(client);
    else underWay.delete(client);
    return line(String(index + 1).padStart(4), cells, mark);
  });
  return [line('    ', clients), ...body].join('\n');
}

function rowsOf(
  { client, op, invoked, answer, threw }: Operation<unknown, unknown>,
  fitsNowhere: boolean,
): readonly Row[] {
  const asked = told(op);
  if (threw !== undefined) {
    const [mark] = (threw.error instanceof Error ? threw.error.message : told(threw.error)).split('\n');
    return [
      { at: invoked, client, text: asked },
      { at: threw.at, client, text: '→ threw', ...(mark ? { mark } : {}) },
    ];
  }
  if (answer === undefined) return [{ at: invoked, client, text: `${asked} (open)` }];
  return [
    { at: invoked, client, text: asked },
    { at: answer.at, client, text: `→ ${told(answer.value)}`, ...(fitsNowhere ? { mark: '✗ fits nowhere' } : {}) },
  ];
}

/** On one line. Texts stand for themselves, and records without a prototype, as fast-check makes them, for any others. */
export function told(value: unknown): string {
  if (typeof value === 'string') return value;
  return inspect(value, { breakLength: Infinity, depth: 4 })
    .replaceAll('[Object: null prototype] ', '')
    .replaceAll('\n', ' ');
}

import type { JobSnapshot } from '#scheduling/domain';
import { table } from '../terminal/table.ts';
import { printable } from './printable.ts';

/** A moment to the second, in UTC. */
export function moment(at: Date | string | null): string {
  return at === null ? '-' : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A table, or a sentence where there is nothing; then how to get the next page. */
export function listed(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { none, next = null }: { readonly none: string; readonly next?: string | number | null },
): string {
  if (rows.length === 0) return none;
  const text = table(
    header,
    rows.map((row) => row.map(oneLine)),
  );
  return next === null ? text : `${text}\n\nThere are more: --after ${next}`;
}

/** A thing with its fields, one in a line. */
export function described(fields: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  return Object.entries(fields)
    .map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`)
    .join('\n');
}

/** What others have written, as something that a line can have in it. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}

/** How a job is doing, with what there is to know of it. */
export function stateInWords(job: JobSnapshot): string {
  const { progress, failure } = job;
  switch (job.state) {
    case 'running': {
      const count =
        progress?.done === undefined ? '' : ` ${progress.done}${progress.total ? `/${progress.total}` : ''}`;
      return progress === null ? 'running' : `${progress.step}${count}`;
    }
    case 'failed':
      return `failed, ${failure?.reason ?? 'no reason was recorded'}`;
    case 'cancelled':
      return job.cancellation?.reason ? `cancelled, ${job.cancellation.reason}` : 'cancelled';
    case 'succeeded':
      return `succeeded${outcomeOf(job.result)}`;
    case 'queued':
      return failure === null ? 'queued' : `queued again, ${failure.reason}`;
  }
}

/** Backups say in a word what they have made. */
function outcomeOf(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('outcome' in result)) return '';
  return typeof result.outcome === 'string' ? `, ${result.outcome}` : '';
}

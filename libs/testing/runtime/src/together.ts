import { inspect } from 'node:util';

/**
 * Several errors as one to be thrown; the only one as it is. Reporters print the message, the stack and the cause of an
 * error and nothing of an `AggregateError`'s `errors`: so its stack tells all of theirs, and its cause is the first.
 */
export function together(errors: readonly unknown[], headline?: string): unknown {
  if (errors.length === 1) return errors[0];
  const messages = errors.map((error) => (error instanceof Error ? error.message : inspect(error)));
  const message = headline === undefined ? messages.join('\n') : `${headline}: ${messages.join('; ')}`;
  const all = new AggregateError(errors, message, { cause: errors[0] });
  all.stack = [`${all.name}: ${message}`, ...errors.map((error) => toldOf(error))].join('\n');
  return all;
}

function toldOf(error: unknown, seen: ReadonlySet<unknown> = new Set()): string {
  if (!(error instanceof Error)) return inspect(error);
  const own = error.stack ?? String(error);
  // The cause of what was put together before is in its stack.
  const hasMore = error.cause !== undefined && !(error instanceof AggregateError) && !seen.has(error.cause);
  return !hasMore ? own : `${own}\nCaused by: ${toldOf(error.cause, new Set([...seen, error]))}`;
}

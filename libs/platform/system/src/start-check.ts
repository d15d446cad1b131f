import type { Result } from '#kernel';

/**
 * Something without which a process must not start. Bound any number of times; an app asks all of them before it takes work.
 *
 * `check` answers what is wrong as a sentence that says what to do. It may leave a note behind of what it is to find the next
 * time. It obeys `signal`.
 */
export abstract class StartCheck {
  abstract check(signal: AbortSignal): Promise<Result<void, string>>;
}

/** What is wrong with any of them, one line each; null when the process may start. */
export async function reasonNotToStart(checks: readonly StartCheck[], signal: AbortSignal): Promise<string | null> {
  const results = await Promise.all(checks.map((one) => one.check(signal)));
  const problems = results.flatMap((result) => (result.ok ? [] : [result.error]));
  return problems.length === 0 ? null : problems.join('\n');
}

import type { Result } from '#kernel';

/**
 * Whether one part that requests depend on can serve. Bound any number of times; the server asks all of them.
 *
 * `check` returns what is missing as a sentence that strangers may read; a throw counts as not ready and is logged. It
 * obeys `signal`, which aborts after a short time.
 */
export abstract class ReadinessCheck {
  abstract readonly name: string;
  abstract check(signal: AbortSignal): Promise<Result<void, string>>;
}

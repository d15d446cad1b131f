/**
 * Settles like `work`, or rejects with the signal's reason as soon as the signal aborts.
 *
 * The work itself is not stopped: pass it the same signal. Its late rejection is swallowed, because the caller
 * has already been told why it stopped waiting.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  return promise;
}

/** Whether `error` is how work ends that this signal stopped, rather than a failure of its own. */
export function isCancellation(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.cause === signal.reason));
}

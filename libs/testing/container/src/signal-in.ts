/** The signal that a call was given: an argument, or the member `signal` of the last one. */
export function signalIn(args: readonly unknown[]): AbortSignal | undefined {
  const options = args.at(-1);
  const own: unknown =
    typeof options === 'object' && options !== null && 'signal' in options ? options.signal : undefined;
  return [...args, own].find((arg) => arg instanceof AbortSignal);
}

/** Never answers, and rejects with the signal's reason as soon as the signal aborts. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal?.reason);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

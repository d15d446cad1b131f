import { abortable, type Clock } from '#kernel';

type Patience = { readonly signal: AbortSignal; readonly clock: Clock; readonly graceMs: number };

/**
 * Settles like `work`, which looks at the signal itself between its steps and cleans up behind itself. It has `graceMs` for that
 * after an abort; then it is left alone with a step that hangs, and the caller is told the signal's reason.
 */
export async function abandonable<T>(work: Promise<T>, { signal, clock, graceMs }: Patience): Promise<T> {
  const over = new AbortController();
  const givenUp = new AbortController();
  const onAbort = (): void => {
    const giveUp = (): void => givenUp.abort(signal.reason);
    clock.sleep(graceMs, over.signal).then(giveUp, () => {});
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await abortable(work, givenUp.signal);
  } finally {
    signal.removeEventListener('abort', onAbort);
    over.abort();
  }
}

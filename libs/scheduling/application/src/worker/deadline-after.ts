import type { Clock, Deadline } from '#kernel';

/** A deadline whose time begins when `start` aborts. */
export function deadlineAfter(start: AbortSignal, milliseconds: number, clock: Clock): Deadline {
  const over = new AbortController();
  let running: Deadline | null = null;
  const begin = (): void => {
    const deadline = clock.deadline(milliseconds);
    running = deadline;
    deadline.signal.addEventListener('abort', () => over.abort(deadline.signal.reason), { once: true });
  };
  if (start.aborted) begin();
  else start.addEventListener('abort', begin, { once: true });
  return {
    signal: over.signal,
    [Symbol.dispose]: () => {
      start.removeEventListener('abort', begin);
      running?.[Symbol.dispose]();
    },
  };
}

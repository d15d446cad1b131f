import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { WorkOrder } from '../worker/assignment.ts';
import type { JobRequest } from '#scheduling/contracts';

const LOOK_MS = 100;

/** Keeps so many jobs waiting, until it is disposed. A database that does not answer is waited for. */
export function supply(
  arena: Arena,
  waiting: number,
  work: () => Omit<WorkOrder, 'seq'>,
  terms: Partial<JobRequest> = { maxAttempts: 20 },
): AsyncDisposable {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, arena.signal]);
  const supplying = (async () => {
    while (!signal.aborted) {
      const { queued = 0 } = await arena.unfinished().catch(() => ({ queued: waiting }));
      await arena.submitMany(Math.max(0, waiting - queued), work, terms);
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await supplying;
    },
  };
}

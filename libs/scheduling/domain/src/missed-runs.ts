import type { Recurrence } from './recurrence/recurrence.ts';

/**
 * What becomes of ticks that nobody came by for in time, such as after a downtime: they are left out, they are made up for by
 * one job for the latest, or by a job for each of the latest `atMost`.
 */
export type MissedRuns =
  { readonly policy: 'skip' } | { readonly policy: 'once' } | { readonly policy: 'all'; readonly atMost: number };

export const MOST_MISSED_RUNS = 100;
/** A scheduler is not expected to be more punctual than that: what is less late was not missed. */
export const PUNCTUAL_MS = 60_000;

/**
 * The tick to run next when `now` has come: the earliest from `from` on that the policy does not leave out; null when it leaves
 * out all that have come.
 */
export function tickToRun(
  missed: MissedRuns,
  { recurrence, from, now }: { readonly recurrence: Recurrence; readonly from: Date; readonly now: Date },
): Date | null {
  switch (missed.policy) {
    case 'skip': {
      const punctual = new Date(Math.max(from.getTime(), now.getTime() - PUNCTUAL_MS));
      const tick = recurrence.next(justBefore(punctual));
      return tick !== null && tick <= now ? tick : null;
    }
    case 'once':
      return latest(recurrence, { from, until: now });
    case 'all':
      return nthLatest(recurrence, { from, until: now, n: missed.atMost });
  }
}

type Between = { readonly from: Date; readonly until: Date };

function latest(recurrence: Recurrence, { from, until }: Between): Date | null {
  return recurrence.last({ after: justBefore(from), until });
}

/** The `n`-th tick counted from the end, or the first where there are fewer. */
function nthLatest(recurrence: Recurrence, { from, until, n }: Between & { readonly n: number }): Date | null {
  const first = recurrence.nextTimes({ after: justBefore(from), count: n + 1 }).filter((tick) => tick <= until);
  if (first.length <= n) return first[0] ?? null;
  let tick: Date | null = latest(recurrence, { from, until });
  for (let position = 1; position < n && tick !== null; position += 1) {
    tick = latest(recurrence, { from, until: justBefore(tick) });
  }
  return tick;
}

function justBefore(instant: Date): Date {
  return new Date(instant.getTime() - 1);
}

import { realPause, realTime, realTimer } from '#testing/runtime';
import { poll, type Pace } from './polling.ts';

const pace: Pace = { interval: () => 10, now: realTime.now, pause: realPause, timer: realTimer };

/** What a test waits for: `what` completes "waited for …", `probe` answers undefined, null or false until it is there. */
export type Awaited<T> = {
  readonly what: string;
  readonly probe: (signal: AbortSignal) => T | Promise<T>;
  readonly within?: number;
};
export type Present<T> = Exclude<T, undefined | null | false>;

/**
 * Polls real things (processes, sockets, rows) until they are there, or fails with what it waited for, how long, and what
 * it saw last. A probe that throws is asked again; one that does not answer is given up when the time is, and its signal
 * aborts. `within` is in milliseconds of real time, 5,000 unless told. For what goes by the test's clock: `completion`.
 */
export async function eventually<T>(
  { within = 5_000, ...awaited }: Awaited<T>,
  signal: AbortSignal,
): Promise<Present<T>> {
  const judge = (seen: T): { found: boolean } => ({ found: seen !== undefined && seen !== null && seen !== false });
  return (await poll({ ...awaited, within, judge }, pace, signal)) as Present<T>;
}

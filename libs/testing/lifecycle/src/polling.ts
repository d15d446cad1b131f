import { inspect } from 'node:util';
import { callSite, openCall, runningTest } from '#testing/runtime';

/** How time goes by between two looks, and how it is read. */
export type Pace = {
  /** How long between looks, as milliseconds, after so many looks. */
  readonly interval: (looks: number) => number;
  now(): number;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Calls `ring` once, unless it is disposed before; nothing waits for it. */
  timer(milliseconds: number, ring: () => void): Disposable;
};

export type Looking<T> = {
  /** Completes "waited for …". */
  readonly what: string;
  /** Its signal aborts when the look is given up. */
  readonly probe: (signal: AbortSignal) => T | Promise<T>;
  readonly within: number;
  /** Ends the wait: answers what was waited for, or throws. */
  readonly judge: (seen: T) => { readonly found: boolean };
};

const STATES_TOLD = 5;
/** The last look, too, has a moment to answer. */
const LEAST_LOOK_MS = 100;

/**
 * Looks until it is found, the time is up or the signal aborts. A look that fails is repeated too; one that does not answer
 * is given up when the time is.
 */
export async function poll<T>({ what, probe, within, judge }: Looking<T>, pace: Pace, signal: AbortSignal): Promise<T> {
  using _open = openCall({ what: `a wait for ${what}`, site: callSite(poll), test: runningTest() });
  const begun = pace.now();
  const seen = new States();
  for (let looks = 1; ; looks += 1) {
    const waited = `Waited ${Math.round(pace.now() - begun)} ms for ${what}`;
    if (signal.aborted) throw seen.failure(`${waited} until the test was stopped`, signal.reason);
    const restMs = Math.max(within - (pace.now() - begun), LEAST_LOOK_MS);
    const look = await settled(probe, { pace, restMs, signal });
    if (look === undefined) {
      if (signal.aborted) continue;
      throw seen.failure(`Waited ${within} ms for ${what}, and a look did not answer`);
    }
    seen.note(look);
    if (look.status === 'fulfilled' && judge(look.value).found) return look.value;
    if (pace.now() - begun >= within) throw seen.failure(`Waited ${within} ms for ${what}`);
    await pace.pause(pace.interval(looks), signal);
  }
}

type LookLimit = { readonly pace: Pace; readonly restMs: number; readonly signal: AbortSignal };

/** Undefined where it does not answer in time, or the signal aborts first. */
async function settled<T>(
  look: (signal: AbortSignal) => T | Promise<T>,
  { pace, restMs, signal }: LookLimit,
): Promise<PromiseSettledResult<T> | undefined> {
  const { promise: givenUp, resolve } = Promise.withResolvers<undefined>();
  const stop = new AbortController();
  const giveUp = (): void => {
    stop.abort(signal.reason);
    resolve(undefined);
  };
  using _timer = pace.timer(restMs, giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  const answer = Promise.allSettled([(async () => look(stop.signal))()]).then(([result]) => result);
  return await Promise.race([answer, givenUp]).finally(() => signal.removeEventListener('abort', giveUp));
}

/** What the looks have shown, the same in a row told once. */
class States {
  readonly #told: string[] = [];
  #error: unknown;

  note(look: PromiseSettledResult<unknown>): void {
    this.#error = look.status === 'rejected' ? look.reason : undefined;
    const state = look.status === 'fulfilled' ? inspect(look.value, { breakLength: Infinity }) : String(look.reason);
    if (this.#told.at(-1) !== state) this.#told.push(state);
  }

  failure(what: string, cause = this.#error): Error {
    return new Error(`${what}; ${this.#spoken()}.`, cause === undefined ? {} : { cause });
  }

  #spoken(): string {
    const last = this.#told.at(-1);
    if (last === undefined) return 'nobody has looked';
    const before = this.#told.slice(0, -1).slice(-STATES_TOLD);
    const answer = this.#error === undefined ? `the last answer was ${last}` : `the last look failed with ${last}`;
    return before.length === 0 ? answer : `${answer}, after ${before.join(', then ')}`;
  }
}

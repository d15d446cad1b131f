import fc from 'fast-check';
import { Clock } from '#kernel';
import { directedBy, type Director } from '#testing/concurrency';
import { intercepted, type Interception } from '#testing/container';
import { realTurn } from '#testing/runtime';
import { ClockInTurns } from './clock-in-turns.ts';
import { playRace } from './play-race.ts';
import type { RaceScenario } from './program.ts';

/** Turns of the event loop with nothing left to release, after which nothing will come. */
const STILL_TURNS = 10;

export type FastCheckVerdict = {
  /** How many runs it took to find something; undefined where all of them passed. */
  readonly runs: number | undefined;
  readonly hangs: boolean;
};

/**
 * Gives a scenario to fast-check's scheduler, with everything that the kit's own search gets: the same modules, a turn for
 * every call and the end of every transaction, timers as turns, and an end where it hangs, which it would not notice.
 */
export async function byFastCheck(
  scenario: RaceScenario,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<FastCheckVerdict> {
  const property = fc.asyncProperty(fc.scheduler(), (scheduler) => run(scenario, scheduler));
  const { failed, numRuns, errorInstance } = await fc.check(property, { seed, numRuns: runs, endOnFailure: true });
  return { runs: failed ? numRuns : undefined, hangs: errorInstance instanceof Hang };
}

class Hang extends Error {}

async function run(scenario: RaceScenario, scheduler: fc.Scheduler): Promise<void> {
  const turn = (what: string): Promise<void> => scheduler.schedule(Promise.resolve(), what);
  const interception: Interception = {
    calls: (call, proceed) => (call.isAsync && !call.isOf(Clock) ? turn(call.what).then(() => proceed()) : proceed()),
    answers: async (call, answer) => {
      await Promise.allSettled([answer]);
      await turn(`${call.what} ends`);
      return answer;
    },
  };
  const director: Director = async (actors) => {
    const end = new AbortController();
    const acts = actors.map(({ act }) => intercepted(interception, () => act({ signal: end.signal, step: turn })));
    const all = { settled: false };
    const done = Promise.all(acts).finally(() => (all.settled = true));
    await scheduler.waitFor(Promise.race([done, hangOf(scheduler, () => all.settled)]));
  };
  // As a sequence of one, which fast-check waits for: of other tasks it only waits until they have begun.
  const clock = new ClockInTurns((builder) => void scheduler.scheduleSequence([{ builder, label: 'time passes' }]));
  await directedBy(director, () => playRace(scenario, { clock }));
}

async function hangOf(scheduler: fc.Scheduler, isOver: () => boolean): Promise<void> {
  for (let still = 0; still < STILL_TURNS; still += 1) {
    await realTurn();
    if (isOver()) return;
    if (scheduler.count() > 0) still = 0;
  }
  throw new Hang('Nothing is left to release, and not everybody has come to an end.');
}

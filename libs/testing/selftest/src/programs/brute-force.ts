import { ManualClock } from '#kernel/testing';
import { directedBy, type Director } from '#testing/concurrency';
import { intercepted } from '#testing/container';
import { realTurn } from '#testing/runtime';
import { playRace } from './play-race.ts';
import type { RaceScenario } from './program.ts';

/** Turns of the event loop in which everybody who can goes on until the next call. */
const TURNS = 3;

export type BruteForce = {
  readonly orders: number;
  readonly failing: number;
  /** In the failing order that has the fewest: how often somebody had to wait who could have gone on. */
  readonly fewestSwitches: number;
};

type Parked = { readonly actor: string; readonly go: () => void };
type Step = { readonly taken: number; readonly of: number; readonly isSwitch: boolean };

/**
 * Every order of a scenario without timers, by counting up the choices like digits: no bound, no reduction, nothing of the
 * search that it judges.
 */
export async function byBruteForce(scenario: RaceScenario): Promise<BruteForce> {
  let [orders, failing, fewestSwitches] = [0, 0, Infinity];
  for (let next: readonly number[] | undefined = []; next !== undefined;) {
    const steps: Step[] = [];
    const failed = await directedBy(directorAlong(next, steps), () =>
      playRace(scenario, { clock: new ManualClock() }),
    ).then(
      () => false,
      () => true,
    );
    orders += 1;
    if (failed) {
      failing += 1;
      fewestSwitches = Math.min(fewestSwitches, steps.filter(({ isSwitch }) => isSwitch).length);
    }
    const last = steps.findLastIndex(({ taken, of }) => taken + 1 < of);
    next = last < 0 ? undefined : steps.slice(0, last + 1).map(({ taken }, index) => taken + (index === last ? 1 : 0));
  }
  return { orders, failing, fewestSwitches };
}

/** Takes these choices and the first one from then on, and notes what there was to choose from. */
function directorAlong(choices: readonly number[], steps: Step[]): Director {
  return async (actors) => {
    const parked: Parked[] = [];
    const done = new Set<string>();
    const { signal } = new AbortController();
    for (const { name, act } of actors) {
      const turn = (): Promise<void> => new Promise((go) => parked.push({ actor: name, go }));
      const acting = intercepted(
        {
          calls: (call, proceed) => (call.isAsync ? turn().then(() => proceed()) : proceed()),
          answers: async (_, answer) => {
            await Promise.allSettled([answer]);
            await turn();
            return answer;
          },
        },
        () => act({ signal, step: turn }),
      );
      acting.then(
        () => done.add(name),
        () => done.add(name),
      );
    }
    for (let last: string | undefined; ;) {
      for (let turns = 0; turns < TURNS; turns += 1) await realTurn();
      if (parked.length === 0 && done.size === actors.length) return;
      if (parked.length === 0) throw new Error('Nobody can go on.');
      parked.sort((one, other) => one.actor.localeCompare(other.actor));
      const taken = choices[steps.length] ?? 0;
      const [chosen] = parked.splice(taken, 1);
      const isSwitch = chosen?.actor !== last && parked.some(({ actor }) => actor === last);
      steps.push({ taken, of: parked.length + 1, isSwitch });
      last = chosen?.actor;
      chosen?.go();
    }
  };
}

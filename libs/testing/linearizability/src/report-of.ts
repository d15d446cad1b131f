import { told } from './history-table.ts';
import { clientsOf } from './program.ts';
import type { Replay } from './replay.ts';
import type { Search } from './smallest-failure.ts';
import type { Told } from './tries.ts';

type About = {
  readonly title: string;
  readonly milliseconds: number;
  /** What the environment is given to see a failure again. */
  readonly tokenOf: (replay: Replay) => string;
};

/** What programs have shown, as plain data. Operations are told as people read them. */
export function reportOf(
  { tried, isOver, found }: Search<unknown>,
  { ran, done, uncontrolled }: Told,
  { title, milliseconds, tokenOf }: About,
): object {
  return {
    title,
    programs: tried,
    isTimeUp: isOver,
    ran,
    done,
    failure: found && {
      token: tokenOf(found.replay),
      error: String(found.failure.error),
      program: Object.fromEntries(clientsOf(found.program).map(({ name, ops }) => [name, ops.map(told)])),
      steps: found.failure.steps.map(({ actor, what }) => ({ actor, what })),
    },
    uncontrolled,
    milliseconds: Math.round(milliseconds),
  };
}

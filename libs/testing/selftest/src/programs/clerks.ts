import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import type { KeysOf } from '#testing/order';
import { raceScenario, type RaceScenario } from './program.ts';

abstract class Desk {
  abstract open(clerk: string): Promise<void>;
  abstract stamp(clerk: string): Promise<void>;
  abstract close(clerk: string): Promise<void>;
}

abstract class Numbers {
  abstract last(): Promise<number>;
  abstract use(number: number): Promise<void>;
}

/**
 * Three clerks of five calls each, most of them at desks of their own: 756,756 orders. The one thing they share is the last
 * number, which each reads and counts up.
 */
function scenario(check: (used: readonly number[]) => void): RaceScenario {
  return raceScenario({
    world: () => ({ last: 0, used: [] as number[] }),
    modules: (office) => [
      new ContainerModule(({ bind }) => {
        bind(Desk).toConstantValue({ open: async () => {}, stamp: async () => {}, close: async () => {} });
        bind(Numbers).toConstantValue({
          last: async () => office.last,
          use: async (number) => {
            office.last = number;
            office.used.push(number);
          },
        });
      }),
    ],
    actors: async (get) => {
      const [desk, numbers] = [await get(Desk), await get(Numbers)];
      const work = async (clerk: string): Promise<void> => {
        await desk.open(clerk);
        const last = await numbers.last();
        await desk.stamp(clerk);
        await numbers.use(last + 1);
        await desk.close(clerk);
      };
      return { ada: () => work('ada'), bob: () => work('bob'), cleo: () => work('cleo') };
    },
    check: ({ used }) => check(used),
  });
}

export const clerks = {
  /** A number follows on one that was used. */
  holds: scenario((used) => {
    const numbers = [...new Set(used)].toSorted();
    expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
  }),
  /** Each number is used once. */
  fails: scenario((used) => expect(new Set(used).size).to.equal(3)),
} as const;

export const touchedByClerks: KeysOf = ({ what, args }) => {
  if (what === 'Numbers.last') return { reads: ['number'] };
  return { writes: [what === 'Numbers.use' ? 'number' : `desk of ${String(args[0])}`] };
};

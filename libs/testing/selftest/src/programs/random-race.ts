import type { Clock } from '#kernel';
import type { KeysOf } from '#testing/order';
import { fc } from '#testing/properties';
import { ContainerModule } from 'inversify';
import { raceScenario, type RaceScenario } from './program.ts';

type Touch = { readonly reads: readonly string[]; readonly writes: readonly string[] };

/** What an actor does next. */
type Act =
  | { readonly touch: readonly Touch[]; readonly how: 'one by one' | 'together' | 'in a transaction' }
  /** Waits for the bell of one of those actors, which come before it, and no longer than so many milliseconds. */
  | { readonly bells: readonly number[]; readonly within: number | undefined };

export type RandomRace = readonly (readonly Act[])[];

abstract class Cells {
  abstract touch(touch: Touch, by: string): Promise<string>;
}

abstract class Transaction {
  abstract run(work: (cells: Cells) => Promise<void>): Promise<void>;
}

abstract class Bells {
  abstract ring(actor: number): Promise<void>;
  /** Comes back with the first that has rung. */
  abstract first(actors: readonly number[]): Promise<number>;
}

const key = fc.constantFrom('x', 'y', 'z');
const touch: fc.Arbitrary<Touch> = fc.record({
  reads: fc.uniqueArray(key, { maxLength: 2 }),
  writes: fc.uniqueArray(key, { maxLength: 1 }),
});

function actBy(actor: number): fc.Arbitrary<Act> {
  const touching = fc.record({
    touch: fc.array(touch, { minLength: 1, maxLength: 2 }),
    how: fc.constantFrom('one by one', 'together', 'in a transaction'),
  });
  if (actor === 0) return touching;
  const waiting = fc.record({
    bells: fc.uniqueArray(fc.nat({ max: actor - 1 }), { minLength: 1 }),
    within: fc.option(fc.constantFrom(10, 20), { nil: undefined }),
  });
  return fc.oneof({ weight: 2, arbitrary: touching }, { weight: 1, arbitrary: waiting });
}

const randomRace: fc.Arbitrary<RandomRace> = fc
  .integer({ min: 2, max: 3 })
  .chain((actors) =>
    fc.tuple(
      ...Array.from({ length: actors }, (_, actor) => fc.array(actBy(actor), { minLength: 1, maxLength: 5 - actors })),
    ),
  );

/** The same for the same seed. */
export function randomRaces(count: number, seed: number): readonly RandomRace[] {
  return fc.sample(randomRace, { numRuns: count, seed });
}

export const touchedAtRandom: KeysOf = ({ method, args: [what] }) => {
  if (method === 'touch') return what as Touch;
  if (method === 'run') return {};
  if (method === 'ring') return { writes: [`bell ${String(what)}`] };
  return { reads: (what as readonly number[]).map((actor) => `bell ${actor}`) };
};

/** Tells after each order what is left of it: the cells, and what each actor has seen. */
export function scenarioOf(race: RandomRace, ended: (state: string) => void): RaceScenario {
  return raceScenario({
    world: (clock) => new World(clock),
    modules: (world) => [
      new ContainerModule(({ bind }) => {
        bind(Cells).toConstantValue(cellsOn(world.cells));
        bind(Transaction).toConstantValue({ run: (work) => world.inTransaction(work) });
        bind(Bells).toConstantValue({
          ring: async (actor) => world.bellOf(actor).resolve(actor),
          first: async (actors) => Promise.race(actors.map((actor) => world.bellOf(actor).promise)),
        });
      }),
    ],
    actors: async (get, world) => {
      const ports = { cells: await get(Cells), transaction: await get(Transaction), bells: await get(Bells) };
      return Object.fromEntries(
        race.map((acts, actor) => [
          `a${actor}`,
          async () => {
            const seen: string[] = [];
            world.seen.push(seen);
            for (const act of acts) await carryOut(act, { ...ports, clock: world.clock, seen });
            if (isHeard(race, actor)) await ports.bells.ring(actor);
          },
        ]),
      );
    },
    check: ({ cells, seen }) => ended(JSON.stringify([[...cells].toSorted(), seen])),
  });
}

function isHeard(race: RandomRace, actor: number): boolean {
  return race.flat().some((act) => 'bells' in act && act.bells.includes(actor));
}

class World {
  readonly cells = new Map<string, string>();
  readonly seen: string[][] = [];
  readonly clock: Clock;
  readonly #bells = new Map<number, PromiseWithResolvers<number>>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  bellOf(actor: number): PromiseWithResolvers<number> {
    const bell = this.#bells.get(actor) ?? Promise.withResolvers<number>();
    this.#bells.set(actor, bell);
    return bell;
  }

  /** What it writes is seen by others at its end. */
  async inTransaction(work: (cells: Cells) => Promise<void>): Promise<void> {
    const written = new Map<string, string>();
    await work(cellsOn(this.cells, written));
    for (const [key, value] of written) this.cells.set(key, value);
  }
}

function cellsOn(cells: Map<string, string>, written = cells): Cells {
  return {
    touch: async ({ reads, writes }, by) => {
      const read = reads.map((key) => `${key}${written.get(key) ?? cells.get(key) ?? ''}`).join();
      for (const key of writes) written.set(key, by);
      return read;
    },
  };
}

type Around = {
  readonly cells: Cells;
  readonly transaction: Transaction;
  readonly bells: Bells;
  readonly clock: Clock;
  readonly seen: string[];
};

async function carryOut(act: Act, { cells, transaction, bells, clock, seen }: Around): Promise<void> {
  if ('touch' in act) {
    const touchOn = async (on: Cells, touch: Touch): Promise<void> => {
      const by = `(${seen.join(' ')})`;
      seen.push(await on.touch(touch, by));
    };
    const oneByOne = async (on: Cells): Promise<void> => {
      for (const touch of act.touch) await touchOn(on, touch);
    };
    if (act.how === 'in a transaction') await transaction.run(oneByOne);
    else if (act.how === 'one by one') await oneByOne(cells);
    else await Promise.all(act.touch.map((touch) => touchOn(cells, touch)));
    return;
  }
  const given = new AbortController();
  const ends = [bells.first(act.bells).then((actor) => `bell ${actor}`)];
  if (act.within !== undefined)
    ends.push(
      clock.sleep(act.within, given.signal).then(
        () => 'time',
        () => 'stopped',
      ),
    );
  seen.push(await Promise.race(ends));
  given.abort();
}

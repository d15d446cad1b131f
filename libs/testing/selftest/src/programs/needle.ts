import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type RaceScenario } from './program.ts';

abstract class Log {
  abstract note(who: string): Promise<void>;
}

/**
 * Actors a, b, c … who make so many calls each. Only the order `wrong` fails, such as `abab`; none does unless told. As hard to find
 * by chance as a fault can be.
 */
export function needle({ actors, calls, wrong }: Needle): RaceScenario {
  return raceScenario({
    world: (): string[] => [],
    modules: (seen) => [
      new ContainerModule(({ bind }) => void bind(Log).toConstantValue({ note: async (who) => void seen.push(who) })),
    ],
    actors: async (get) => {
      const log = await get(Log);
      const names = Array.from({ length: actors }, (_, index) => String.fromCharCode(97 + index));
      const act = async (name: string): Promise<void> => {
        for (let call = 0; call < calls; call += 1) await log.note(name);
      };
      return Object.fromEntries(names.map((name) => [name, () => act(name)]));
    },
    check: (seen) => expect(seen.join('')).not.to.equal(wrong),
  });
}

export type Needle = { readonly actors: number; readonly calls: number; readonly wrong?: string };

/** Ten races, each of which fails in one order. */
export const needles: readonly Required<Needle>[] = [
  { actors: 2, calls: 2, wrong: 'abab' },
  { actors: 2, calls: 3, wrong: 'ababab' },
  { actors: 2, calls: 4, wrong: 'abababab' },
  { actors: 2, calls: 4, wrong: 'abbaabba' },
  { actors: 2, calls: 5, wrong: 'ababababab' },
  { actors: 2, calls: 5, wrong: 'baabbaabba' },
  { actors: 2, calls: 6, wrong: 'abababababab' },
  { actors: 3, calls: 2, wrong: 'abcabc' },
  { actors: 3, calls: 3, wrong: 'abcabcabc' },
  { actors: 4, calls: 2, wrong: 'abcdabcd' },
];

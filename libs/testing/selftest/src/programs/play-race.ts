import type { Clock } from '#kernel';
import { race } from '#testing/concurrency';
import { TestContainer } from '#testing/container';
import type { RaceScenario } from './program.ts';

/** One run of a scenario in a world of its own, from its begin to its check. Its race is run by whoever directs. */
export async function playRace(scenario: RaceScenario, { clock }: { readonly clock: Clock }): Promise<void> {
  const { modules, actors, check } = scenario.begin(clock);
  await using container = new TestContainer(modules, { clock });
  check(await race(await actors((token) => container.get(token))));
}

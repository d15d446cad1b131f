import { join } from 'node:path';
import type { ReducedSaid } from '../fixtures/orders-reduced.fixture.ts';
import type { Goal } from '../goal.ts';
import { corpus } from '../programs/corpus.ts';
import { touchedBy } from '../programs/touched.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const SEARCHES = join(import.meta.dirname, '../fixtures/orders-reduced.fixture.ts');
const FEW = 100;
const RANDOM = 16;
const PAIRS = 2 * corpus.filter(({ name }) => touchedBy(name) !== undefined).length;

/** Orders that are left out because they cannot be told apart leave nothing out, and keys that are wrong are noticed. */
export const checkedReduction: Goal = {
  id: 'K6',
  claim: 'a reduced search says what the full one says',
  target: `same verdict in ${PAIRS} of ${PAIRS} programs, same final states in all of ${RANDOM} random ones or more; 3 actors of 5 calls (756,756 orders) proved and refuted in under ${FEW} runs; wrong keys noticed`,
  check: async ({ signal }) => {
    const { stderr, stdout, exitCode } = await runMocha([SEARCHES], { plugin: true, signal });
    const said = saidBy<ReducedSaid>(stderr, 'search');
    const of = (search: string, by: ReducedSaid['by']): ReducedSaid | undefined =>
      said.find((one) => one.search === search && one.by === by);
    const pairsOf = (isRandom: boolean): readonly Pair[] =>
      said
        .filter(({ search, by }) => by === 'full' && search.startsWith('random ') === isRandom)
        .map((full) => ({ full, reduced: of(full.search, 'reduced') }));
    const pairs = pairsOf(false);
    const alike = pairs.filter(
      ({ full, reduced }) => full.verdict === reduced?.verdict && full.isComplete === reduced.isComplete,
    );
    const [holds, fails] = [of('clerks: holds', 'reduced'), of('clerks: fails', 'reduced')];
    const isDecided = [holds, fails].every((one) => one !== undefined && one.runs < FEW);
    const random = pairsOf(true).filter(({ full }) => full.isComplete);
    const parted = random.filter(({ full, reduced }) => !endAlike(full, reduced));
    const [blind, checked] = [of('wrong keys', 'reduced'), of('wrong keys', 'reduced and checked')];
    const isNoticed = checked?.verdict.startsWith('The declared keys leave something out') === true;
    return {
      passed:
        exitCode === 0 &&
        alike.length === PAIRS &&
        random.length >= RANDOM &&
        parted.length === 0 &&
        isDecided &&
        holds?.verdict === 'passes' &&
        holds.isComplete &&
        fails?.verdict === 'AssertionError' &&
        blind?.verdict === 'passes' &&
        isNoticed,
      measured: `${alike.length} of ${PAIRS}, ${ordersOf(pairs, 'reduced')} orders instead of ${ordersOf(pairs, 'full')}; ${random.length - parted.length} of ${random.length} random ones, ${ordersOf(random, 'reduced')} instead of ${ordersOf(random, 'full')}; 3 × 5 proved in ${holds?.runs} runs (${holds?.orders} orders), refuted in ${fails?.runs}; wrong keys ${isNoticed ? 'noticed' : 'NOT noticed'}`,
      peers: [],
      details: [
        ...parted.map(({ full }) => `parted: ${full.search}`),
        ...said.map(
          ({ search, by, verdict, orders, runs }) => `${search}, ${by}: ${verdict}, ${orders} orders, ${runs} runs`,
        ),
        ...(exitCode === 0 ? [] : [stdout, stderr]),
      ],
    };
  },
};

type Pair = { readonly full: ReducedSaid; readonly reduced: ReducedSaid | undefined };

/** Whether both came to the same final states, and neither failed. */
function endAlike(full: ReducedSaid, reduced: ReducedSaid | undefined): boolean {
  const havePassed = full.verdict === 'passes' && reduced?.verdict === 'passes' && reduced.isComplete;
  return havePassed && full.ends.length > 0 && full.ends.join() === reduced.ends.join();
}

function ordersOf(pairs: readonly Pair[], by: keyof Pair): number {
  return pairs.reduce((sum, pair) => sum + (pair[by]?.orders ?? 0), 0);
}

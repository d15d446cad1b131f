import { join } from 'node:path';
import type { ReducedSaid } from '../fixtures/orders-reduced.fixture.ts';
import type { Goal } from '../goal.ts';
import { corpus } from '../programs/corpus.ts';
import { touchedBy } from '../programs/touched.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const SEARCHES = join(import.meta.dirname, '../fixtures/orders-reduced.fixture.ts');
const FEW = 100;
const PAIRS = 2 * corpus.filter(({ name }) => touchedBy(name) !== undefined).length;

/** Orders that are left out because they cannot be told apart leave nothing out, and keys that are wrong are noticed. */
export const checkedReduction: Goal = {
  id: 'K6',
  claim: 'a reduced search says what the full one says',
  target: `same verdict in ${PAIRS} of ${PAIRS} programs; 3 actors of 5 calls (756,756 orders) proved and refuted by under ${FEW} orders; wrong keys noticed`,
  check: async ({ signal }) => {
    const { stderr, stdout, exitCode } = await runMocha([SEARCHES], { plugin: true, signal });
    const said = saidBy<ReducedSaid>(stderr, 'search');
    const of = (search: string, by: ReducedSaid['by']): ReducedSaid | undefined =>
      said.find((one) => one.search === search && one.by === by);
    const full = said.filter(({ by }) => by === 'full');
    const pairs = full.map((one) => ({ full: one, reduced: of(one.search, 'reduced') }));
    const alike = pairs.filter(
      ({ full, reduced }) => full.verdict === reduced?.verdict && full.isComplete === reduced.isComplete,
    );
    const [holds, fails] = [of('clerks: holds', 'reduced'), of('clerks: fails', 'reduced')];
    const decided = [holds, fails].every((one) => one !== undefined && one.orders < FEW);
    const [blind, checked] = [of('wrong keys', 'reduced'), of('wrong keys', 'reduced and checked')];
    const isNoticed = checked?.verdict.startsWith('The declared keys leave something out') === true;
    return {
      passed:
        exitCode === 0 &&
        alike.length === PAIRS &&
        decided &&
        holds?.verdict === 'passes' &&
        holds.isComplete &&
        fails?.verdict === 'AssertionError' &&
        blind?.verdict === 'passes' &&
        isNoticed,
      measured: `${alike.length} of ${PAIRS}, ${ordersOf(pairs.map(({ reduced }) => reduced))} orders instead of ${ordersOf(full)}; 3 × 5 proved by ${holds?.orders} orders (${holds?.runs} runs with those cut short), refuted by ${fails?.orders}; wrong keys ${isNoticed ? 'noticed' : 'NOT noticed'}`,
      peers: [],
      details: [
        ...said.map(
          ({ search, by, verdict, orders, runs }) => `${search}, ${by}: ${verdict}, ${orders} orders, ${runs} runs`,
        ),
        ...(exitCode === 0 ? [] : [stdout, stderr]),
      ],
    };
  },
};

function ordersOf(said: readonly (ReducedSaid | undefined)[]): number {
  return said.reduce((sum, one) => sum + (one?.orders ?? 0), 0);
}

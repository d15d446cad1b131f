import { join } from 'node:path';
import { linearize } from '#testing/linearizability';
import type { HistorySaid } from '../fixtures/histories.fixture.ts';
import type { Goal } from '../goal.ts';
import { randomHistories } from '../programs/random-history.ts';
import { repositories, wallet } from '../programs/wallets.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const HISTORIES = join(import.meta.dirname, '../fixtures/histories.fixture.ts');
const ADAPTERS = ['in memory', 'PostgreSQL'] as const;
const RANDOM = 500;
const SMALLEST = 4;

/** One checker for the mock and for the real adapter: what is not atomic is shown by a history that fits in a glance. */
export const linearizability: Goal = {
  id: 'K9',
  claim: 'an object that is not atomic is told by its history, in memory and in PostgreSQL',
  target: `planted repository refused on both adapters by at most ${SMALLEST} operations, correct one accepted on both and in ${RANDOM} random histories`,
  check: async ({ signal }) => {
    const [{ stderr, stdout, exitCode }, accepted, refused] = await Promise.all([
      runMocha([HISTORIES], { plugin: true, signal }),
      verdicts('correct'),
      verdicts('faulty'),
    ]);
    const said = saidBy<HistorySaid>(stderr, 'adapter');
    const of = (adapter: HistorySaid['adapter'], repository: HistorySaid['repository']): HistorySaid | undefined =>
      said.find((one) => one.adapter === adapter && one.repository === repository);
    const isSmall = (adapter: HistorySaid['adapter']): boolean => {
      const operations = of(adapter, 'faulty')?.operations;
      return operations != null && operations <= SMALLEST;
    };
    const right = ADAPTERS.filter((adapter) => isSmall(adapter) && of(adapter, 'correct')?.operations === null);
    const sizes = ADAPTERS.map((adapter) => `${of(adapter, 'faulty')?.operations ?? 'none'} operations ${adapter}`);
    return {
      passed:
        exitCode === 0 && right.length === ADAPTERS.length && accepted.linearizable === RANDOM && refused.refuted > 0,
      measured: `refused by ${sizes.join(', ')}; correct accepted on ${ADAPTERS.filter((adapter) => of(adapter, 'correct')?.operations === null).length} of 2 and in ${accepted.linearizable} of ${RANDOM}; planted refused in ${refused.refuted} of ${RANDOM}`,
      peers: [],
      details: [
        ...said.map(({ adapter, repository, told }) => `${adapter}, ${repository}: ${told}`),
        ...(exitCode === 0 ? [] : [stdout, stderr]),
      ],
    };
  },
};

async function verdicts(repository: keyof typeof repositories) {
  const histories = await randomHistories(RANDOM, { seed: 9, repository: repositories[repository] });
  const all = histories.map((history) => linearize(history, wallet).verdict);
  return {
    linearizable: all.filter((verdict) => verdict === 'linearizable').length,
    refuted: all.filter((verdict) => verdict === 'not linearizable').length,
  };
}

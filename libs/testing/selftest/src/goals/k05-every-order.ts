import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { SearchSaid } from '../fixtures/orders-complete.fixture.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { byBruteForce } from '../programs/brute-force.ts';
import { byFastCheck } from '../programs/by-fast-check.ts';
import { corpus } from '../programs/corpus.ts';
import { needle, needles } from '../programs/needle.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const SEARCHES = join(import.meta.dirname, '../fixtures/orders-complete.fixture.ts');
const ALL = 'complete: 34,650 of 34,650 orders';
const SUITES = 20;
const RUNS = 100;
const BOUNDS = 7;

/** A search that says it is complete has run every order, and one that was kept from it does not say so. */
export const everyOrderIsRun: Goal = {
  id: 'K5',
  claim: 'every order is run, and the certificate says no more than that',
  target: `34,650 of 34,650 for 3 actors of 4 calls; ${needles.length} of ${needles.length} races found that fail in one order; never "complete" when a bound was hit; as many orders as brute force`,
  takesLong: true,
  check: async (run) => {
    const [mocha, peer, counted] = await Promise.all([
      runMocha([SEARCHES], { plugin: true, signal: run.signal }),
      fastCheck(run),
      ordersByBruteForce(),
    ]);
    const said = saidBy<SearchSaid>(mocha.stderr, 'search');
    const all = said.find(({ search }) => search === 'all');
    const found = said.filter(({ search, found }) => search.startsWith('needle: ') && found);
    const bounded = said.filter(({ search }) => search.startsWith('bound: '));
    const overstated = bounded.filter((one) => one.isComplete || one.spoken.startsWith('complete'));
    const miscounted = [...counted].filter(([name, orders]) => {
      const twin = said.find(({ search }) => search === `twin: ${name}`);
      return twin?.isComplete !== true || twin.orders !== orders;
    });
    return {
      passed:
        mocha.exitCode === 0 &&
        all?.spoken === ALL &&
        found.length === needles.length &&
        bounded.length === BOUNDS &&
        overstated.length + miscounted.length === 0,
      measured: `${all?.spoken ?? 'nothing said'} in ${seconds(all)}; ${found.length} of ${needles.length}; ${overstated.length} of ${bounded.length} bounded searches say complete; ${counted.size - miscounted.length} of ${counted.size} programs counted alike`,
      peers: [peer],
      details: [
        ...said.map((one) => `${one.search}: ${one.spoken}, ${one.found ? 'found' : 'nothing found'}`),
        ...miscounted.map(([name, orders]) => `brute force has ${orders} orders of: ${name}`),
        ...(mocha.exitCode === 0 ? [] : [mocha.stdout, mocha.stderr]),
      ],
    };
  },
};

function seconds(said: SearchSaid | undefined): string {
  return `${((said?.milliseconds ?? Number.NaN) / 1_000).toFixed(1)} s`;
}

async function ordersByBruteForce(): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>();
  for (const program of corpus) {
    if (program.found !== 'orders' || program.needsTime === true) continue;
    counted.set(program.name, (await byBruteForce(program.correct)).orders);
  }
  return counted;
}

async function fastCheck({ progress }: SelfTestRun) {
  let [always, suites] = [0, 0];
  for (const one of needles) {
    progress(`fast-check: ${one.wrong}`);
    let found = 0;
    for (let seed = 1; seed <= SUITES; seed += 1) {
      if ((await byFastCheck(needle(one), { seed, runs: RUNS })).runs !== undefined) found += 1;
      await turn(); // lets the other process be heard
    }
    if (found === SUITES) always += 1;
    suites += found;
  }
  const of = SUITES * needles.length;
  return {
    name: `fast-check's scheduler, ${RUNS} runs`,
    measured: `${always} of ${needles.length} in each of ${SUITES} suites, ${suites} of ${of} suites in all`,
  };
}

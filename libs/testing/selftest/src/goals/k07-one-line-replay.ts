import { join } from 'node:path';
import type { OrderSaid } from '../fixtures/orders-replayed.fixture.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { eachAtATime } from '../each-at-a-time.ts';
import { byBruteForce } from '../programs/brute-force.ts';
import { corpus } from '../programs/corpus.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name);
const PROCESSES = 5;
const AT_ONCE = 2;
const raced = corpus.filter(({ found }) => found === 'orders');
const REPLAYS = raced.length * PROCESSES;

/** What was found once is seen again by one line, and cannot be told with fewer switches. */
export const oneLineReplay: Goal = {
  id: 'K7',
  claim: 'a failing order is a smallest one, and one line brings it back',
  target: `${REPLAYS} of ${REPLAYS} replays in new processes fail in the same steps, and one by its printed line; no smaller failing order by brute force`,
  check: async (run) => {
    run.progress('searching');
    const found = await said(run, {});
    const tokens = Object.fromEntries(found.map(({ replayed, token }) => [replayed, token]));
    run.progress(`${REPLAYS} replays`);
    const [again, printed, smallest] = await Promise.all([
      eachAtATime(AT_ONCE, Array.from({ length: PROCESSES }), () => said(run, { TOKENS: JSON.stringify(tokens) })),
      byPrintedLine(run),
      notSmallest(found),
    ]);
    const replays = again.flat();
    const alike = replays.filter((one) => {
      const first = found.find(({ replayed }) => replayed === one.replayed);
      return first !== undefined && one.error !== null && toldBy(one) === toldBy(first);
    });
    const proven = found.filter(({ isSmallest }) => isSmallest === true).length;
    return {
      passed:
        alike.length === REPLAYS && printed === undefined && smallest.faults.length === 0 && proven === raced.length,
      measured: `${alike.length} of ${REPLAYS}; printed line ${printed === undefined ? 'replays' : 'does not replay'}; ${smallest.judged - smallest.faults.length} of ${smallest.judged} smallest by brute force, ${proven} of ${raced.length} say so`,
      peers: [],
      details: [
        ...found.map(({ replayed, token, switches }) => `${replayed}: ${token}, ${switches} switches`),
        ...replays.filter((one) => !alike.includes(one)).map((one) => `other than before: ${toldBy(one)}`),
        ...(printed === undefined ? [] : [printed]),
        ...smallest.faults,
      ],
    };
  },
};

async function said({ signal }: SelfTestRun, env: NodeJS.ProcessEnv): Promise<readonly OrderSaid[]> {
  const { stderr } = await runMocha([fixture('orders-replayed.fixture.ts')], { plugin: true, signal, env });
  return saidBy<OrderSaid>(stderr, 'replayed');
}

function toldBy({ replayed, steps, error }: OrderSaid): string {
  return [replayed, ...steps, error].join('\n');
}

/** What is wrong with the line that a failing test prints; undefined where nothing is. */
async function byPrintedLine({ signal }: SelfTestRun): Promise<string | undefined> {
  const file = [fixture('order-token.fixture.ts')];
  const first = await runMocha(file, { plugin: true, signal });
  const message = first.report?.failures[0]?.err.message ?? '';
  const [, token, title] = /^Again: LOCKSTEP_TEST_ORDER=(\S+) npx mocha .*-g '(.*)'$/m.exec(message) ?? [];
  if (token === undefined || title === undefined) return `no line to repeat it: ${message}`;
  const again = await runMocha(file, {
    plugin: true,
    signal,
    env: { LOCKSTEP_TEST_ORDER: token },
    args: ['-g', title],
  });
  const runs = saidBy<{ runs: number }>(again.stderr, 'runs').length;
  const steps = (text: string): string => text.slice(0, text.indexOf('Again:')).replaceAll(/;.*\)/g, ')');
  const repeated = again.report?.failures[0]?.err.message ?? '';
  if (steps(repeated) !== steps(message)) return `other than printed: ${repeated}`;
  const searched = saidBy<{ runs: number }>(first.stderr, 'runs').length;
  return runs < searched ? undefined : `${runs} runs to replay what took ${searched} to find`;
}

async function notSmallest(found: readonly OrderSaid[]) {
  const faults: string[] = [];
  let judged = 0;
  for (const program of corpus) {
    if (program.found !== 'orders' || program.needsTime === true) continue;
    judged += 1;
    const { fewestSwitches } = await byBruteForce(program.faulty);
    const switches = found.find(({ replayed }) => replayed === program.name)?.switches;
    if (switches !== fewestSwitches)
      faults.push(`${program.name}: ${switches} switches, and by brute force ${fewestSwitches}`);
  }
  return { judged, faults };
}

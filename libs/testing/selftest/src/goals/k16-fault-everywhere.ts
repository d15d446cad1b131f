import { join } from 'node:path';
import type { SweepSaid } from '../fixtures/faults-swept.fixture.ts';
import type { Goal } from '../goal.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const SWEPT = join(import.meta.dirname, '../fixtures/faults-swept.fixture.ts');
/** What has to be tried at every call; beside them it may hang, and the process may die after its effect. */
const KINDS = ['aborts', 'crashes-before', 'twice', 'fails-before', 'fails-after'] as const;
const CALLS = 8;
/** Without a key it is the calls of the payment that show it, whatever else does. */
const KEYLESS = ['fails-after', 'twice', 'crashes-after'] as const;

type Sweep = SweepSaid['sweep'];

/** A workflow that is meant to bear every fault at every call does, and is known not to where a key was forgotten. */
export const faultEverywhere: Goal = {
  id: 'K16',
  claim: 'a workflow is cancelled, killed, repeated and failed at every call',
  target: `all five at each of ${CALLS} calls (work in a transaction is not delivered twice), effects exactly once and nothing leaked; a missing key is found`,
  check: async ({ signal }) => {
    const { stderr, stdout, exitCode } = await runMocha([SWEPT], { plugin: true, signal });
    const said = saidBy<SweepSaid>(stderr, 'swept');
    const [correct, faulty] = (['correct', 'faulty'] as const).map((twin) => said.find(({ swept }) => swept === twin));
    if (exitCode !== 0 || correct === undefined || faulty === undefined) throw new Error(`${stdout}\n${stderr}`);
    const calls = correct.sweep.calls.filter(({ what }) => !what.endsWith(' ends'));
    const isGivenWork = (call: string): boolean => correct.sweep.calls.some(({ what }) => what === `${call} ends`);
    const required = calls.flatMap(({ number, what }) =>
      KINDS.filter((fault) => fault !== 'twice' || !isGivenWork(what)).map((fault) => ({ number, fault })),
    );
    const held = required.filter(({ number, fault }) => isHeld(correct.sweep, { number, fault }));
    const failing = correct.sweep.cells.filter(({ verdict }) => verdict !== 'holds');
    const charge = faulty.sweep.calls.find(({ what }) => what === 'Payments.charge')?.number ?? Number.NaN;
    const seen = KEYLESS.filter((fault) => !isHeld(faulty.sweep, { number: charge, fault }));
    const { cells, planned } = correct.sweep;
    return {
      passed:
        calls.length === CALLS &&
        held.length === required.length &&
        failing.length === 0 &&
        cells.length === planned &&
        seen.length === KEYLESS.length,
      measured: `${held.length} of ${required.length} at ${calls.length} calls hold, ${cells.length - failing.length} of ${planned} with those beside them; the missing key shows in ${faulty.sweep.cells.filter(({ verdict }) => verdict === 'failed').length} cells`,
      peers: [],
      details: [correct.matrix, faulty.matrix, ...failing.map(({ error }) => error ?? '')],
    };
  },
};

function isHeld({ cells }: Sweep, wanted: Pick<Sweep['cells'][number], 'number' | 'fault'>): boolean {
  return cells.some(
    ({ number, fault, verdict }) => number === wanted.number && fault === wanted.fault && verdict === 'holds',
  );
}

import { isOn } from '#testing/runtime';
import { join } from 'node:path';
import { eachAtATime } from '../each-at-a-time.ts';
import type { Goal } from '../goal.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';
import { shapesIn } from '../shapes-in.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/hang-shapes.fixture.ts');
const AT_A_TIME = 2;
const LIMIT_MS = 400;
const TARGET_MS = 3_000;
/** Long enough for a run that ends, and short for one that never does. */
const PATIENCE_MS = 15_000;
const PEER_PATIENCE_MS = 3_000;

/** The time is printed with its target, not judged: other work on the machine is no fault of the kit. */
export const hangNamesItsLine: Goal = {
  id: 'K18',
  claim: 'a synchronous hang names its line',
  target: 'every planted loop: function and line, non-zero, under 3 s after the limit; none where the limit is raised',
  tellsTime: true,
  check: async (run) => {
    const all = shapesIn(FIXTURE);
    const controls = all.filter((shape) => shape.includes('limit'));
    const hangs = all.filter((shape) => !controls.includes(shape));
    const outcomes = await eachAtATime(AT_A_TIME, all, async (shape) => {
      run.progress(shape);
      const outcome = await outcomeOf(shape, true, PATIENCE_MS);
      return { shape, outcome, afterLimit: outcome === undefined ? PATIENCE_MS : afterLimit(outcome) };
    });
    const faults = outcomes.flatMap(({ shape, outcome }) =>
      (controls.includes(shape) ? faultsOfControl(outcome) : faultsOfHang(outcome)).map(
        (fault) => `${shape}: ${fault}`,
      ),
    );
    const slowest = Math.max(...outcomes.map((outcome) => (controls.includes(outcome.shape) ? 0 : outcome.afterLimit)));
    run.progress('Mocha alone');
    const alone = await outcomeOf('synchronous test', false, PEER_PATIENCE_MS);
    return {
      passed: faults.length === 0 && hangs.length >= 6,
      measured: `${hangs.length} loops and ${controls.length} controls, ${faults.length} wrong; at most ${Math.round(slowest)} ms after the limit${slowest < TARGET_MS ? '' : ', target missed'}`,
      peers: [
        {
          name: 'Mocha',
          measured: alone ? `ended with ${alone.exitCode}` : `silent, still running after ${PEER_PATIENCE_MS} ms`,
        },
      ],
      details: faults,
    };
  },
  canaries: [
    {
      detector: 'hangs',
      trips: async () => {
        const outcome = await outcomeOf('synchronous test', true, isOn('hangs') ? PATIENCE_MS : PATIENCE_MS / 3);
        return outcome?.stderr.includes('has held the thread') === true;
      },
    },
  ],
};

/** Undefined where the run had to be killed. */
async function outcomeOf(shape: string, plugin: boolean, patience: number): Promise<MochaRun | undefined> {
  const loading = shape.startsWith('loading') ? { LOCKSTEP_TEST_LOADING_LIMIT: String(LIMIT_MS) } : {};
  const signal = AbortSignal.timeout(patience);
  return runMocha([FIXTURE], { plugin, env: { SHAPE: shape, ...loading }, signal }).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
}

/** Called when the process has just ended. */
function afterLimit({ stderr }: MochaRun): number {
  const [, begin] = /^begins at (\d+)$/m.exec(stderr) ?? [];
  return Date.now() - Number(begin) - LIMIT_MS;
}

function faultsOfHang(outcome: MochaRun | undefined): readonly string[] {
  if (outcome === undefined) return ['had to be killed'];
  const { exitCode, signal, stderr } = outcome;
  return [
    ...(exitCode === 0 || signal !== null ? [`ended with ${signal ?? exitCode}`] : []),
    ...(/culprit|outside of every test/.test(stderr) ? [] : ['did not name the test']),
    ...(/at spins \(.*hang-shapes\.fixture\.ts:\d+:\d+\)/.test(stderr) ? [] : ['did not name the line']),
    ...(stderr.includes('honest report:') ? [] : ['made no report']),
  ];
}

function faultsOfControl(outcome: MochaRun | undefined): readonly string[] {
  return outcome?.exitCode === 0 ? [] : [`ended with ${outcome?.signal ?? outcome?.exitCode}: ${outcome?.stderr}`];
}

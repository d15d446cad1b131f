import { detectorNames, type DetectorName } from '#testing/runtime';
import type { Canary, Goal, SelfTestRun } from '../goal.ts';

const OFF = 'LOCKSTEP_TEST_OFF';

/** Every detector finds its canary, and does not find it when it is switched off: so it is the detector that finds it. */
export function detectorsAlive(goals: readonly Goal[]): Goal {
  const canaries = goals.flatMap((goal) => goal.canaries ?? []);
  return {
    id: 'K19',
    claim: 'every detector is alive',
    target: `${detectorNames.length} canaries trip, and none without its detector`,
    takesLong: true,
    check: async (run) => {
      const verdicts: { readonly detector: DetectorName; readonly fault: string | undefined }[] = [];
      for (const detector of detectorNames) {
        run.progress(detector);
        verdicts.push({ detector, fault: await faultOf(detector, canaries, run) });
      }
      const faults = verdicts.filter(({ fault }) => fault !== undefined);
      return {
        passed: faults.length === 0,
        measured: `${verdicts.length - faults.length} of ${verdicts.length}`,
        peers: [],
        details: faults.map(({ detector, fault }) => `${detector}: ${fault}`),
      };
    },
  };
}

async function faultOf(
  detector: DetectorName,
  canaries: readonly Canary[],
  run: SelfTestRun,
): Promise<string | undefined> {
  const own = canaries.filter((canary) => canary.detector === detector);
  if (own.length === 0) return 'has no canary';
  for (const canary of own) {
    if (!(await canary.trips(run))) return 'did not find its canary';
    if (await without(detector, () => canary.trips(run))) return 'is not what finds its canary';
  }
  return undefined;
}

/** Detectors of this process and of those it starts read the environment when they begin. */
async function without<T>(detector: DetectorName, work: () => Promise<T>): Promise<T> {
  const before = process.env[OFF];
  process.env[OFF] = detector;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[OFF];
    else process.env[OFF] = before;
  }
}

import { join } from 'node:path';
import type { Goal, SelfTestRun } from '../goal.ts';
import { runMocha, type MochaOptions, type MochaRun } from '../run-mocha.ts';
import { eachAtATime } from '../each-at-a-time.ts';
import { shapesIn } from '../shapes-in.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/orphan-shapes.fixture.ts');
const AT_A_TIME = 2;

/** Ways to run the shapes; the first two have to get all of them right, the others are what people have without the kit. */
const ways: readonly (Omit<MochaOptions, 'signal'> & { readonly name: string })[] = [
  { name: 'the kit', plugin: true },
  { name: 'the kit, --parallel', plugin: true, args: ['--parallel', '--jobs', '1'] },
  { name: 'Mocha', plugin: false },
  { name: 'Mocha, --unhandled-rejections=strict', plugin: false, args: ['--unhandled-rejections=strict'] },
];

type Verdict = { readonly way: string; readonly shape: string; readonly faults: readonly string[] };

export const noFailureLost: Goal = {
  id: 'K1',
  claim: 'no failure is lost, no innocent is blamed',
  target: 'every orphan shape ends the run non-zero, by the name of its test and no other; in parallel mode too',
  takesLong: true,
  check: async (run) => {
    const shapes = shapesIn(FIXTURE);
    const cases = ways.flatMap((way) => shapes.map((shape) => ({ way, shape })));
    const verdicts = await eachAtATime(AT_A_TIME, cases, async ({ way: { name, ...options }, shape }) => {
      run.progress(`${name}: ${shape}`);
      const faults = faultsOf(await runMocha([FIXTURE], { ...options, env: { SHAPE: shape }, signal: run.signal }));
      return { way: name, shape, faults };
    });

    const score = (way: string): string => `${right(verdicts, way).length} of ${shapes.length}`;
    const [kit, parallel, ...peers] = ways.map(({ name }) => name) as [string, string, ...string[]];
    const wrong = verdicts.filter(({ way, faults }) => (way === kit || way === parallel) && faults.length > 0);
    return {
      passed: shapes.length >= 12 && wrong.length === 0,
      measured: `${score(kit)}, in parallel mode ${score(parallel)}`,
      peers: peers.map((name) => ({ name, measured: score(name) })),
      details: wrong.map(({ way, shape, faults }) => `${way}: ${shape}: ${faults.join(', ')}`),
    };
  },
  canaries: [
    {
      detector: 'orphans',
      trips: async ({ signal }: SelfTestRun) => {
        const { exitCode } = await runMocha([FIXTURE], {
          plugin: true,
          env: { SHAPE: 'rejection during a later test' },
          signal,
        });
        return exitCode !== 0;
      },
    },
  ],
};

function right(verdicts: readonly Verdict[], way: string): readonly Verdict[] {
  return verdicts.filter((verdict) => verdict.way === way && verdict.faults.length === 0);
}

function faultsOf({ exitCode, signal, report, stderr }: MochaRun): readonly string[] {
  const failures = report?.failures ?? [];
  const said = [...failures.map(({ fullTitle, err }) => `${fullTitle} ${err.message}`), stderr];
  const innocents = failures.filter(({ fullTitle }) => fullTitle.startsWith('orphan innocent'));
  return [
    ...(exitCode === 0 || signal !== null ? [`ended with ${signal ?? exitCode}`] : []),
    ...(said.some((text) => /orphan (".* hook: )?culprit/.test(text)) ? [] : ['did not name the test']),
    ...(innocents.length > 0 || report === undefined ? ['blamed another test'] : []),
    ...(said.some((text) => text.includes('never closed')) ? ['told of a leak that there is not'] : []),
  ];
}

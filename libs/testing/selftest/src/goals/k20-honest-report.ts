import { factTopics } from '#testing/runtime';
import { join } from 'node:path';
import { eachAtATime } from '../each-at-a-time.ts';
import type { Goal } from '../goal.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/report-facts.fixture.ts');
const AT_A_TIME = 2;

const ways: readonly { readonly name: string; readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv }[] =
  [
    ...['json', 'spec', 'dot', 'min', 'tap', 'xunit'].map((name) => ({ name, args: ['--reporter', name] })),
    { name: 'parallel', args: ['--parallel', '--jobs', '1'] },
    { name: 'bail', args: ['--bail'] },
    { name: 'exit', args: ['--exit'] },
    { name: 'a test that exits', env: { ENDS_BY: 'exit' } },
    { name: 'a test that exits as if all were well', env: { ENDS_BY: 'exit', EXIT_CODE: '0' } },
    { name: 'a server that is left', env: { ENDS_BY: 'server' } },
    { name: 'a test that hangs', env: { ENDS_BY: 'hang' } },
  ];

const ENDING = 'The process ended while "reported ends as the environment says" was running';

export const everyRunReports: Goal = {
  id: 'K20',
  claim: 'every run ends with an honest report',
  target: 'every topic is told, by every reporter and in every way a run ends; a seed repeats the order',
  check: async (run) => {
    const runs = await eachAtATime(AT_A_TIME, ways, async ({ name, args, env }) => {
      run.progress(name);
      const mocha = await runMocha([FIXTURE], {
        plugin: true,
        ...(args && { args }),
        env: { LOCKSTEP_TEST_OFF: 'leaks', ...env },
        signal: run.signal,
      });
      return { name, faults: faultsOf(name, mocha) };
    });
    run.progress('the order of a seed');
    const order = async (seed: string): Promise<string> => {
      const mocha = await runMocha([FIXTURE], { plugin: true, env: { LOCKSTEP_TEST_SEED: seed }, signal: run.signal });
      return JSON.stringify(mocha.report?.passes.map(({ title }) => title));
    };
    const [one, again, written] = [await order('7'), await order('7'), await order('')];
    const faults = runs.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    if (one !== again) faults.push(`seed 7 gave ${one} and then ${again}`);
    if (one === written) faults.push(`seed 7 gave the written order`);
    const alone = await runMocha([FIXTURE], { plugin: false, signal: run.signal });
    return {
      passed: faults.length === 0,
      measured: `${runs.filter(({ faults }) => faults.length === 0).length} of ${runs.length} ways; the seed repeats: ${one === again ? 'yes' : 'no'}`,
      peers: [{ name: 'Mocha', measured: alone.stderr.includes('honest report') ? 'a report' : 'no report' }],
      details: faults,
    };
  },
};

function faultsOf(name: string, { stdout, stderr, report, exitCode }: MochaRun): readonly string[] {
  const [, block = ''] = stderr.split(/^honest report: /m);
  // What the fixture makes happen later than where these runs end cannot be told.
  const endsEarly = name === 'bail';
  const topics = factTopics.filter((topic) => topic !== 'order' && !(endsEarly && topic === 'unknown owner'));
  const silent = topics.filter((topic) => !block.includes(`\n  ${topic}: `));
  return [
    ...silent.map((topic) => `says nothing of "${topic}"`),
    ...(block.startsWith('written order') ? [] : ['does not tell the order']),
    ...(stdout.includes('honest report') ? ['is written where reporters write'] : []),
    ...(name === 'json' && report === undefined ? ['breaks the output of the JSON reporter'] : []),
    ...(/exits/.test(name) && !stderr.includes(ENDING) ? ['does not name the test that ended the process'] : []),
    ...(/server/.test(name) && !stderr.includes('TCPServerWrap') ? ['does not say what was left'] : []),
    ...(exitCode === 0 ? ['a run with failures ended with 0'] : []),
  ];
}

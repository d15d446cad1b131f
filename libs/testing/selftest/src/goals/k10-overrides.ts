import { join } from 'node:path';
import type { Goal, SelfTestRun } from '../goal.ts';
import { situations } from '../fixtures/override-inversify.ts';
import { runMocha } from '../run-mocha.ts';

const container = join(import.meta.dirname, '../../../container/src');
const fixtures = join(import.meta.dirname, '../fixtures');
const SITUATIONS = 18;

export const overrides: Goal = {
  id: 'K10',
  claim: 'overrides cannot leak',
  target: `${SITUATIONS} of ${SITUATIONS} situations behave or are refused, 0 cross-talk in 100 overlapping tests`,
  async check({ signal, progress }) {
    progress('situations');
    const own = await runMocha(
      [join(container, 'inversify-doubles.spec.ts'), join(container, 'inversify-lifetimes.spec.ts')],
      { plugin: true, signal },
    );
    progress('overlapping tests and refusals');
    const rules = await runMocha(
      [join(container, 'overrides.spec.ts'), join(fixtures, 'override-cross-talk.fixture.ts')],
      { plugin: true, signal },
    );
    progress('Inversify alone');
    const surprises = await Promise.all(situations.map(async (surprises) => surprises()));

    const passes = own.report?.stats.passes ?? 0;
    return {
      passed: passes === SITUATIONS && own.exitCode === 0 && rules.exitCode === 0,
      measured: `${passes} of ${SITUATIONS}, ${rules.exitCode === 0 ? '0' : 'some'} cross-talk`,
      peers: [
        {
          name: 'Inversify, snapshot and restore, children, unbind',
          measured: `${surprises.filter(Boolean).length} of ${situations.length} surprise`,
        },
      ],
      details: [own, rules].flatMap(({ report, stderr }) => [
        ...(report?.failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`) ?? [stderr]),
      ]),
    };
  },
  canaries: [
    { detector: 'overrides', trips: (run) => trips(run, 'asks for none') },
    { detector: 'overrides', trips: (run) => trips(run, 'comes too late') },
  ],
};

async function trips({ signal }: SelfTestRun, title: string): Promise<boolean> {
  const file = join(fixtures, 'override-unused.fixture.ts');
  const { report } = await runMocha([file], { plugin: true, signal, args: ['--grep', title] });
  return report?.failures.some((failure) => failure.title === title) === true;
}

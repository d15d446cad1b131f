import { expect } from 'chai';
import type { Outcome } from '#tools/command';
import { check, summary } from './check.ts';
import type { Step } from './steps.ts';

const step = (name: string): Step => ({ name, proves: `${name} holds`, command: [name] });

function aCheckOf(outcomes: Readonly<Record<string, Partial<Outcome>>>): {
  readonly said: string[];
  readonly run: () => ReturnType<typeof check>;
} {
  const said: string[] = [];
  const steps = Object.keys(outcomes).map(step);
  const execute = ([name = '']: readonly string[]): Promise<Outcome> =>
    Promise.resolve({ ok: true, output: '', milliseconds: 100, ...outcomes[name] });
  return { said, run: () => check(steps, execute, { say: (line) => said.push(line), underWay: () => {} }) };
}

describe('The check', () => {
  it('goes on after a failure, so that one run names everything', async () => {
    const { run } = aCheckOf({ lint: { ok: false }, types: {} });

    const verdicts = await run();

    expect(verdicts.map(({ step: { name }, ok }) => [name, ok])).to.deep.equal([
      ['lint', false],
      ['types', true],
    ]);
  });

  it('shows what a failed step said, and keeps quiet about the others', async () => {
    const { run, said } = aCheckOf({ lint: { ok: false, output: 'x.ts is wrong\n' }, types: { output: 'fine' } });

    await run();

    expect(said).to.deep.equal(['✗ lint: lint holds (0.1 s)', 'x.ts is wrong', '✓ types: types holds (0.1 s)']);
  });

  it('takes two steps at a time, and tells them in their order', async () => {
    const ends: (() => void)[] = [];
    const execute = (): Promise<Outcome> =>
      new Promise((resolve) => ends.push(() => resolve({ ok: true, output: '', milliseconds: 1 })));
    const steps = ['lint', 'format', 'types'].map(step);
    const underWay: string[] = [];

    const checked = check(steps, execute, { say: () => {}, underWay: (line) => underWay.push(line) });
    while (ends.length > 0) {
      ends.pop()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect((await checked).map((verdict) => verdict.step.name)).to.deep.equal(['lint', 'format', 'types']);
    expect(underWay).to.deep.equal(['… lint', '… lint, format', '… lint', '… lint, types', '… lint']);
  });

  it('ends with a table that says how to repeat what failed', async () => {
    const { run } = aCheckOf({ lint: { ok: false }, types: {} });

    expect(summary(await run())).to.deep.equal([
      'check  result  time',
      'lint   failed  0.1 s  npx lint',
      'types  passed  0.1 s',
    ]);
  });
});

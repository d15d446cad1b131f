import { join } from 'node:path';
import type { Goal } from '../goal.ts';
import {
  faults,
  inversifyAlone,
  isFaulty,
  numbers,
  owed,
  RESOURCES,
  titleOf,
  type Fault,
  type Trace,
} from '../fixtures/cleanup-faults.ts';
import { runMocha, type MochaRun } from '../run-mocha.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** What the failure has to say, so that each fault can be found. */
function saidOf(fault: Fault): readonly RegExp[] {
  if (fault.kind === 'set-up fails') return [new RegExp(`resource ${fault.at} does not open`)];
  if (fault.kind === 'clean-up hangs') return [new RegExp(`resource ${fault.at} took longer than`)];
  if (fault.kind === 'body hangs') return [/stopped after/];
  return numbers
    .filter((number) => isFaulty(number, fault))
    .map((number) => new RegExp(`resource ${number} does not close`));
}

export const cleanUp: Goal = {
  id: 'K11',
  claim: 'clean-up survives everything',
  target: `after each of ${faults.length} faults among ${RESOURCES} resources all others are released, in reverse order, and the fault is named`,
  async check({ signal, progress }) {
    progress(`${faults.length} faults`);
    const kit = await runMocha([join(fixtures, 'cleanup-kit.fixture.ts')], { plugin: true, signal });
    progress('plain Mocha and Inversify alone');
    const plain = await runMocha([join(fixtures, 'cleanup-plain.fixture.ts')], { plugin: false, signal });
    const inversify = await Promise.all(faults.map((fault) => inversifyAlone(fault)));

    const [longest = 'longest: unknown'] = /longest: \d+ ms/.exec(kit.stderr) ?? [];
    const survived = survivedIn(tracesOf(kit));
    const unnamed = faults.filter((fault) => !isNamed(kit, fault));
    return {
      passed: survived.length === faults.length && unnamed.length === 0,
      measured: `${survived.length} of ${faults.length}, ${faults.length - unnamed.length} named; ${longest}`,
      peers: [
        {
          name: 'plain Mocha, a hook for each resource',
          measured: spoken(tracesOf(plain)),
        },
        {
          name: "Inversify's unbindAllAsync",
          measured: spoken(inversify),
        },
      ],
      details: [
        ...faults
          .filter((fault) => !survived.includes(fault))
          .map((fault) => `${titleOf(fault)}: not all released, or in another order`),
        ...unnamed.map((fault) => `${titleOf(fault)}: not named, but ${messageOf(kit, fault)}`),
      ],
    };
  },
};

function spoken(traces: readonly Trace[]): string {
  const complete = faults.filter((fault) => {
    const released = traces.find((one) => one.fault === titleOf(fault))?.released ?? [];
    return owed(fault).every((number) => released.includes(number));
  });
  return `${complete.length} of ${faults.length} release all others, ${survivedIn(traces).length} in reverse order`;
}

function survivedIn(traces: readonly Trace[]): readonly Fault[] {
  return faults.filter((fault) => {
    const trace = traces.find((one) => one.fault === titleOf(fault));
    return trace !== undefined && trace.released.join() === owed(fault).join();
  });
}

function tracesOf({ stderr, stdout }: MochaRun): readonly Trace[] {
  const [, traces] = /traces: (\[.*\])/.exec(stderr) ?? [];
  if (traces === undefined) throw new Error(`The faulty tests did not come to their end:\n${stdout}\n${stderr}`);
  return JSON.parse(traces) as readonly Trace[];
}

function isNamed(run: MochaRun, fault: Fault): boolean {
  return saidOf(fault).every((said) => said.test(messageOf(run, fault)));
}

function messageOf({ report }: MochaRun, fault: Fault): string {
  return report?.failures.find(({ title }) => title === titleOf(fault))?.err.message ?? 'no failure';
}

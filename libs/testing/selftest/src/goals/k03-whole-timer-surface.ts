import { install } from '@sinonjs/fake-timers';
import { realTime } from '#testing/runtime';
import { takeOverTimers } from '#testing/time';
import { bindings, changedSince, entries, moved } from '../fixtures/time-entries.ts';
import type { Goal } from '../goal.ts';

const COUNT = entries.length;

/** Whatever way code gets at time, it gets at virtual time; and nothing of it is left when the timers are given back. */
export const wholeTimerSurface: Goal = {
  id: 'K3',
  claim: 'the whole timer surface, or a refusal by name',
  target: `${COUNT} of ${COUNT} entry points virtual, every binding as before, a second holder and leftovers refused by name`,
  check: async ({ progress }) => {
    progress('entry points');
    const before = bindings();
    const time = takeOverTimers();
    const virtual = await moved((milliseconds) => time.advance(milliseconds), turn);
    const second = messageOf(() => takeOverTimers());
    setTimeout(() => {}, 1_000);
    const leftovers = messageOf(() => time[Symbol.dispose]());
    const changed = changedSince(before);

    const missing = entries.map(({ name }) => name).filter((name) => !virtual.includes(name));
    const faults = [
      ...missing.map((name) => `${name} is not virtual`),
      ...changed.map((name) => `${name} is not as before`),
      ...(second.includes('taken over already, by') ? [] : [`a second holder is told: ${second}`]),
      ...(/setTimeout of 1000 ms, set at /.test(leftovers) ? [] : [`leftovers are told as: ${leftovers}`]),
    ];
    return {
      passed: faults.length === 0,
      measured: `${virtual.length} of ${COUNT}, ${changed.length} bindings changed`,
      peers: [await fakeTimersAlone()],
      details: faults,
    };
  },
  canaries: [
    {
      detector: 'timers',
      trips: async () => {
        const time = takeOverTimers();
        setTimeout(() => {}, 1_000);
        return messageOf(() => time[Symbol.dispose]()) !== '';
      },
    },
  ],
};

async function fakeTimersAlone() {
  const before = bindings();
  const clock = install();
  const virtual = await moved((milliseconds) => clock.tickAsync(milliseconds), turn);
  clock.uninstall();
  const changed = changedSince(before);
  const left = entries.map(({ name }) => name).filter((name) => !virtual.includes(name));
  return {
    name: 'fake-timers alone, default',
    measured: `${virtual.length} of ${COUNT}; real: ${left.join(', ')}; bindings changed afterwards: ${changed.join(', ') || 'none'}`,
  };
}

/** Some turns of the real event loop. */
async function turn(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await new Promise<void>((resolve) => realTime.setImmediate(resolve));
}

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

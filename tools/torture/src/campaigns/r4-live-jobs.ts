import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';

const BUSY_LOOPS = 4;

const sizes = {
  gate: { leaseMs: 2_500, workMs: 5_000, blockMs: 350, workers: 2, drainMs: 30_000 },
  nightly: { leaseMs: 15_000, workMs: 150_000, blockMs: 2_000, workers: 4, drainMs: 300_000 },
} as const;

export const liveJobs: Campaign = {
  id: 'R4',
  title: 'long jobs of live workers on a machine with too much to do',
  answers: [],
  trials: { gate: 12, nightly: 200 },
  part: { gate: 12, nightly: 200 },
  run: async (order, laboratory) => {
    const { leaseMs, workMs, blockMs, workers, drainMs } = sizes[order.size];
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs, concurrency: Math.ceil(order.trials / workers) },
      signal: order.signal,
    });
    await arena.startWorkers(workers);
    await using _load = load();
    for (let trial = 0; trial < order.trials; trial += 1) {
      const mode = trial % 6 === 0 ? 'blocking' : 'honest';
      await arena.submit({ mode, workMs, blockMs });
      // Not all at once: each block of the event loop is to be one of its own.
      if (mode === 'blocking') await sleep(blockMs);
    }
    await arena.drain(drainMs);
    const { violations, facts } = await arena.verdict();
    return {
      trials: order.trials,
      violations: [
        ...violations,
        ...facts.jobs
          .filter(({ token, state }) => token !== 1 || state !== 'succeeded')
          .map(({ seq, token, state }) => `I4: job ${seq} is ${state} after ${token} leases.`),
      ],
      samples: {},
      reached: { jobs: facts.jobs.length },
    };
  },
  judge: (finding) => [
    never('R4: live jobs taken from their worker under four busy loops and a blocked event loop', finding, {
      jobs: finding.trials,
    }),
  ],
};

/** Processes that do nothing but use the processor. */
function load(): AsyncDisposable {
  const loops = Array.from({ length: BUSY_LOOPS }, () =>
    spawn(
      process.execPath,
      [
        '--eval',
        `process.stdin.resume().on('end', () => process.exit()); (function spin() { const end = performance.now() + 50; while (performance.now() < end); setImmediate(spin); })()`,
      ],
      {
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    ),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(
        loops.map((loop) => {
          loop.kill('SIGKILL');
          return once(loop, 'exit');
        }),
      );
    },
  };
}

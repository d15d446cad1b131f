import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { WorkerProcess } from '../arena/worker-process.ts';
import type { Campaign, Order } from '../campaign.ts';
import { never } from '../judge.ts';
import { supply } from './supply.ts';

const WORKERS = 4;
const PLACES = 4;
/** Paused at a time: the others have to take over what they were doing. */
const LANES = 2;
const STARTS_WITHIN_MS = 5_000;

const sizes = {
  gate: { leaseMs: 1_200, drainMs: 30_000 },
  nightly: { leaseMs: 2_000, drainMs: 60_000 },
} as const;

export const zombies: Campaign = {
  id: 'R3',
  title: 'workers paused past their lease, which go on as if nothing had happened',
  answers: [],
  trials: { gate: 4, nightly: 300 },
  part: { gate: 4, nightly: 50 },
  run: async (order, laboratory) => {
    const { leaseMs, drainMs } = sizes[order.size];
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs, concurrency: PLACES },
      signal: order.signal,
    });
    await arena.startWorkers(WORKERS);
    let done = 0;
    {
      // Stubborn: what is taken for dead writes all the same when it goes on, and only the fence is in its way.
      await using _supply = supply(arena, WORKERS * PLACES, () => ({
        mode: 'stubborn',
        workMs: Math.round(order.random.between(100, leaseMs * 0.6)),
      }));
      const [victims, lasting] = [arena.workers.slice(0, LANES), pauses(order, leaseMs)];
      await Promise.all(
        victims.map(async (victim, lane) => {
          for (let trial = lane; trial < order.trials; trial += LANES) {
            await pause(victim, lasting[trial] ?? leaseMs);
            order.progress((done += 1));
          }
        }),
      );
    }
    await arena.drain(drainMs);
    const { violations, facts } = await arena.verdict();
    const taken = facts.transitions.filter(({ from, holder, by }) => from === 'running' && holder !== by);
    return {
      trials: order.trials,
      violations: [...violations, ...(await deadWorkers(arena))],
      samples: {},
      reached: {
        'jobs taken over': taken.length,
        'late writes refused': arena.count('fenced'),
        'late completions refused': arena.count('LeaseLost'),
      },
    };
  },
  judge: (finding) => [
    never('R3: late writes of paused workers that were accepted', finding, {
      'jobs taken over': finding.trials,
      'late writes refused': Math.ceil(finding.trials / 2),
      'late completions refused': Math.ceil(finding.trials / 4),
    }),
  ],
};

/** Most are over when others have long taken the jobs; some end in the very moment at which the lease does. */
function pauses({ trials, random }: Order, leaseMs: number): readonly number[] {
  return Array.from({ length: trials }, (_, trial) =>
    trial % 3 === 2 ? random.between(leaseMs * 0.95, leaseMs * 1.3) : random.between(leaseMs * 1.5, leaseMs * 2.2),
  );
}

async function pause(victim: WorkerProcess, milliseconds: number): Promise<void> {
  const started = victim.next(({ kind }) => kind === 'started').catch(() => undefined);
  await Promise.race([started, sleep(STARTS_WITHIN_MS)]);
  victim.signal('SIGSTOP');
  await sleep(milliseconds);
  victim.signal('SIGCONT');
}

async function deadWorkers({ workers }: Arena): Promise<readonly string[]> {
  return workers.length === WORKERS ? [] : [`I11: ${WORKERS - workers.length} workers ended when they went on.`];
}

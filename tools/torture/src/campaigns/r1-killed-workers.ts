import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { WorkerProcess } from '../arena/worker-process.ts';
import type { Campaign, Finding, Order } from '../campaign.ts';
import { never, within } from '../judge.ts';
import { supply } from './supply.ts';

const PLACES = 4;
/** What is killed as soon as it says this; nothing stands for a moment that nobody has chosen. */
const MOMENTS = ['started', 'holding', 'written', null, null, null] as const;

const sizes = {
  gate: { workers: 3, leaseMs: 2_000, workMs: [50, 700], pauseMs: 100, drainMs: 30_000 },
  nightly: { workers: 4, leaseMs: 15_000, workMs: [50, 3_000], pauseMs: 800, drainMs: 120_000 },
} as const;

/** The lease, a sweep that has just passed, a look at the queue, and what a busy machine adds. */
const limits = {
  gate: { p99: 10_000, max: 12_000 },
  nightly: { p99: 25_000, max: 30_000 },
} as const;

export const killedWorkers: Campaign = {
  id: 'R1',
  title: 'workers killed (kill -9) in the middle of jobs',
  answers: ['R2'],
  trials: { gate: 8, nightly: 1_000 },
  part: { gate: 8, nightly: 100 },
  run: async (order, laboratory): Promise<Finding> => {
    const { workers, leaseMs, workMs, pauseMs, drainMs } = sizes[order.size];
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs, concurrency: PLACES },
      signal: order.signal,
    });
    await plantForeignRows(arena);
    await arena.submit({ mode: 'poison', workMs: 0 }, { maxAttempts: 2 });
    await arena.startWorkers(workers);
    let hits = 0;
    {
      await using _supply = supply(arena, workers * PLACES * 2, () => ({
        mode: 'honest',
        workMs: Math.round(order.random.between(workMs[0], workMs[1])),
      }));
      for (let kill = 1; kill <= order.trials; kill += 1) {
        await sleep(order.random.between(0, pauseMs));
        hits += await killOne(arena, order);
        order.progress(kill);
        await arena.upToWorkers(workers);
      }
    }
    const isDry = await arena.drain(drainMs);
    const { violations, reclaims, facts } = await arena.verdict();
    const parked = facts.jobs.filter(({ state }) => state === 'failed');
    return {
      trials: order.trials,
      violations: [
        ...violations,
        ...parked.filter(({ mode }) => mode !== 'poison').map(({ seq }) => `I1: job ${seq} was given up.`),
        ...facts.jobs
          .filter(({ mode, state, attempt }) => mode === 'poison' && isDry && (state !== 'failed' || attempt !== 2))
          .map(({ state, attempt }) => `I14: what kills its workers is ${state} after ${attempt} attempts.`),
        ...(await foreignRowsLeft(arena)),
      ],
      samples: { reclaim: reclaims },
      reached: {
        'died with a job': hits,
        'jobs claimed again': reclaims.length,
        'jobs parked': arena.count('JobParked'),
        jobs: facts.jobs.length,
      },
    };
  },
  judge: (finding, size) => [
    never('R1: jobs lost, ended twice, stuck, or written by a worker that lost them, after kill -9', finding, {
      'died with a job': Math.ceil(finding.trials * 0.6),
      'jobs claimed again': Math.ceil(finding.trials * 0.6),
    }),
    within('R2: time until a dead worker’s job is claimed again', finding.samples['reclaim'] ?? [], limits[size]),
  ],
};

/** Kills one at a moment that chance has chosen; whether it had a job then. */
async function killOne(arena: Arena, { random }: Order): Promise<number> {
  const victims = arena.workers;
  const victim = random.pick(victims);
  const moment = random.pick(MOMENTS);
  if (moment !== null) {
    const told = victim.next(({ kind }) => kind === moment).catch(() => undefined);
    await Promise.race([told, sleep(MOMENT_MS)]);
  }
  const isBusy = jobsOf(arena, victim) > 0;
  await arena.kill(victim);
  return isBusy ? 1 : 0;
}

const MOMENT_MS = 3_000;

function jobsOf(arena: Arena, worker: WorkerProcess): number {
  const own = arena.told.filter((told) => told.worker === worker.name);
  const began = own.filter(({ kind }) => kind === 'started').length;
  const ended = own.filter(
    (told) => told.kind === 'event' && /^(JobSucceeded|AttemptFailed|JobFailed|LeaseLost)$/.test(told.event),
  );
  return began - ended.length;
}

const FOREIGN = 'torture.nobody';

/** Jobs that nobody handles any more, some in the hands of a worker that is long dead: they are data, and hinder nobody. */
async function plantForeignRows(arena: Arena): Promise<void> {
  await arena.source.query(
    `INSERT INTO jobs (id, type, payload, priority, due_at, rank, max_attempts, timeout_ms, submitted_at, state, attempt, token, worker,
       lease_expires_at)
     SELECT gen_random_uuid(), $1, '{}', 9, now(), now() - interval '9 minutes', 3, 1000, now(), 'running', 1, 1, 'gone', now() - interval '1 hour'
     FROM generate_series(1, 120)`,
    [FOREIGN],
  );
}

async function foreignRowsLeft({ source }: Arena): Promise<readonly string[]> {
  const rows = await source.query<unknown[]>(`SELECT 1 FROM jobs WHERE type = $1 AND state = 'running'`, [FOREIGN]);
  return rows.length === 0 ? [] : [`I6: ${rows.length} jobs of a type that nobody handles still seem to run.`];
}

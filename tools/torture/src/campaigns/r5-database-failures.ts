import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { until } from '../arena/until.ts';
import type { Campaign, Finding } from '../campaign.ts';
import { never, within } from '../judge.ts';
import { isClaim, type Transition } from '../checks/facts.ts';
import { supply } from './supply.ts';

const WORKERS = 3;
const PLACES = 6;
const POOL_MS = 5_000;

/** Of the failures of a `round` one is a crash of the server and one its restart; the others end one session. */
const sizes = {
  gate: { round: 6, leaseMs: 3_000, drainMs: 40_000, pauseMs: 60 },
  nightly: { round: 12, leaseMs: 5_000, drainMs: 90_000, pauseMs: 200 },
} as const;

const RESUME_MS = 5_000;

export const databaseFailures: Campaign = {
  id: 'R5',
  title: 'crashes and restarts of the database and sessions that are cut off, under load',
  answers: [],
  trials: { gate: 6, nightly: 600 },
  part: { gate: 6, nightly: 60 },
  run: async (order, laboratory): Promise<Finding> => {
    const { round, leaseMs, drainMs, pauseMs } = sizes[order.size];
    await using server = await laboratory.durableServer();
    await using arena = await laboratory.arena({
      server,
      plant: order.plant,
      settings: { leaseMs, concurrency: PLACES },
      signal: order.signal,
      throughProxies: true,
    });
    await arena.startWorkers(WORKERS);
    const accepted: number[] = [];
    let cut = 0;
    {
      await using _supply = supply(arena, WORKERS * PLACES * 2, () => ({
        mode: 'honest',
        workMs: Math.round(order.random.between(10, 120)),
      }));
      await until(drainMs, order.signal, () => arena.count('written') >= WORKERS);
      for (let failure = 1; failure <= order.trials; failure += 1) {
        const kind = failure % round;
        if (kind === round / 2) accepted.push(await server.restart('crash'));
        else if (kind === 0) accepted.push(await server.restart('fast'));
        else cut += await cutOneSession(arena, order.random.fraction());
        await sleep(kind % (round / 2) === 0 ? RESUME_MS / 4 : order.random.between(0, pauseMs));
        order.progress(failure);
      }
    }
    await arena.drain(drainMs);
    const { violations, facts } = await arena.verdict();
    return {
      trials: order.trials,
      violations: [...violations, ...(await notAsBefore(arena))],
      samples: { resume: accepted.map((at) => resumedAfter(at, facts.transitions)) },
      reached: { restarts: accepted.length, 'sessions cut off': cut, jobs: facts.jobs.length },
    };
  },
  judge: (finding, size) => [
    never('R5: jobs lost or ended twice, workers ended, connections lost for good, under database failures', finding, {
      restarts: Math.floor(finding.trials / sizes[size].round) * 2,
      'sessions cut off': Math.floor(finding.trials / 2),
    }),
    within('R5: time until work goes on after the server takes connections', finding.samples['resume'] ?? [], {
      max: RESUME_MS,
    }),
  ],
};

/** A session of a worker, chosen by chance among those that are at work if there are any. */
async function cutOneSession({ source }: Arena, chance: number): Promise<number> {
  const rows = await source
    .query<unknown[]>(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name ~ '^w[0-9]+$'
       ORDER BY (state <> 'idle' AND $1 < 0.7) DESC, md5(pid::text || $1::text) LIMIT 1`,
      [chance],
    )
    .catch(() => []);
  return rows.length;
}

function resumedAfter(at: number, transitions: readonly Transition[]): number {
  const next = transitions.find((one) => one.at >= at && isClaim(one));
  return next === undefined ? Number.MAX_SAFE_INTEGER : next.at - at;
}

/** I11: every worker still lives, and every connection is back in its pool. */
async function notAsBefore(arena: Arena): Promise<readonly string[]> {
  const faults = arena.workers.length === WORKERS ? [] : [`I11: ${WORKERS - arena.workers.length} workers ended.`];
  for (const worker of arena.workers) {
    const isQuiet = await until(POOL_MS, arena.signal, async () => {
      const { checkedOut, waiting } = await worker.pool();
      return checkedOut === 0 && waiting === 0;
    });
    if (!isQuiet) faults.push(`I11: ${worker.name} has connections that are never given back.`);
  }
  return faults;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { until } from '../arena/until.ts';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';
import { WORK } from '../worker/assignment.ts';

const sizes = { gate: { schedulers: 3, kills: 2 }, nightly: { schedulers: 8, kills: 12 } } as const;
/** What a schedule makes up for at once; less than it may, so that none is left out. */
const TICKS = 90;
const PAUSE = `UPDATE schedules SET state = 'paused', next_tick = NULL, look_at = NULL`;

export const schedules: Campaign = {
  id: 'R12',
  title: 'ticks of schedules that many schedulers race for while some of them are killed',
  answers: [],
  trials: { gate: 2 * TICKS, nightly: 23 * TICKS },
  part: { gate: 2 * TICKS, nightly: 23 * TICKS },
  run: async (order, laboratory) => {
    const { schedulers, kills } = sizes[order.size];
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs: 3_000, concurrency: 4 },
      signal: order.signal,
    });
    const count = Math.ceil(order.trials / TICKS);
    for (let nth = 1; nth <= count; nth += 1) await createSchedule(arena, nth);
    await arena.source.query(PAUSE);
    await arena.startWorkers(schedulers);
    // All of them at once, and long overdue.
    await arena.source.query(
      `UPDATE schedules SET state = 'active', next_tick = date_trunc('second', now()) - $1 * interval '1 second',
         look_at = date_trunc('second', now()) - $1 * interval '1 second'`,
      [TICKS],
    );
    for (let kill = 0; kill < kills; kill += 1) {
      // While they are at it: each looks for what is due only once a second.
      const before = (await runsOf(arena)).length;
      await until(5_000, order.signal, async () => (await runsOf(arena)).length > before);
      await sleep(order.random.between(0, 60));
      await arena.kill(order.random.pick(arena.workers));
      await arena.upToWorkers(schedulers);
    }
    const isDone = async (): Promise<boolean> => {
      const runs = await runsOf(arena);
      order.progress(Math.min(order.trials, runs.length));
      return runs.length >= count * TICKS;
    };
    const caughtUp = await until(120_000, order.signal, isDone);
    await arena.source.query(PAUSE);
    await arena.drain(30_000);
    const runs = await runsOf(arena);
    const taken = new Set(runs.map(({ by }) => by)).size;
    return {
      trials: runs.length,
      violations: [...(caughtUp ? [] : ['I9: the schedules did not catch up.']), ...(await wrongTicks(arena, runs))],
      samples: {},
      reached: { 'schedulers that ran ticks': taken, killed: kills },
    };
  },
  judge: (finding) => [
    never('R12: ticks of schedules without a job, or with more than one', finding, { 'schedulers that ran ticks': 2 }),
  ],
};

async function createSchedule({ api, signal }: Arena, nth: number): Promise<void> {
  const rule = { kind: 'every', count: 1, unit: 'seconds', anchor: '1970-01-01T00:00:00Z' } as const;
  const created = await api.createSchedule.execute(
    {
      name: `every second ${nth}`,
      plan: {
        recurrence: { rule, zone: 'UTC', gap: 'end', overlap: 'first' },
        missed: { policy: 'all', atMost: 100 },
        jitterMs: 0,
      },
      job: { type: WORK, payload: { seq: -nth, workMs: 0, mode: 'honest' } },
    },
    { signal },
  );
  if (!created.ok) throw new Error(`The schedule was refused: ${created.error.kind}.`);
}

type RunOfTick = { readonly nth: number; readonly tick: string | null; readonly by: string };

/** The jobs that came of ticks, with who submitted them. */
async function runsOf({ source }: Arena): Promise<readonly RunOfTick[]> {
  return source.query<RunOfTick[]>(
    `SELECT -(payload->>'seq')::int AS nth, substring(idempotency_key FROM '[^/]+$') AS tick, by_whom AS by
     FROM jobs JOIN tally_transitions ON job_id = jobs.id AND from_state IS NULL`,
  );
}

type Ended = { readonly nth: number; readonly moves: number; readonly ticks: number; readonly seconds: number };

/** I9: a schedule has moved on once from each second, and there is one job, with a key of its own, for each of its moves. */
async function wrongTicks({ source }: Arena, runs: readonly RunOfTick[]): Promise<readonly string[]> {
  const ended = await source.query<Ended[]>(
    `SELECT -(job->'payload'->>'seq')::int AS nth, count(*)::int AS moves, count(DISTINCT tick)::int AS ticks,
       extract(epoch FROM max(tick) - min(tick))::int + 1 AS seconds
     FROM tally_ticks JOIN schedules ON schedules.id = schedule_id
     GROUP BY 1`,
  );
  return ended.flatMap(({ nth, moves, ticks, seconds }) => {
    const own = runs.filter((run) => run.nth === nth);
    const keyed = new Set(own.map(({ tick }) => tick ?? '')).size;
    return [
      ...(moves === ticks && ticks === seconds
        ? []
        : [`I9: schedule ${nth} moved on ${moves} times from ${ticks} ticks within ${seconds} seconds.`]),
      ...(own.length === ticks ? [] : [`I9: schedule ${nth} has ${own.length} jobs for ${ticks} ticks.`]),
      ...(own.some(({ tick }) => tick === null) || keyed === own.length
        ? []
        : [`I9: schedule ${nth} has ${own.length} jobs of ${keyed} different ticks.`]),
    ];
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { until } from '../arena/until.ts';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';
import { WORK } from '../worker/assignment.ts';

const sizes = { gate: { schedulers: 3, kills: 2 }, nightly: { schedulers: 8, kills: 12 } } as const;
/** What a schedule makes up for at once; less than it may, so that none is left out. */
const TICKS = 90;

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
    await arena.startWorkers(schedulers);
    // All of them at once, and long overdue.
    await arena.source.query(
      `UPDATE schedules SET next_tick = date_trunc('second', now()) - $1 * interval '1 second',
         look_at = date_trunc('second', now()) - $1 * interval '1 second', last_tick = NULL, last_job_id = NULL`,
      [TICKS],
    );
    const since = Date.now() - TICKS * 1_000 - 1_500;
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(order.random.between(50, 400));
      await arena.kill(order.random.pick(arena.workers));
      await arena.upToWorkers(schedulers);
    }
    const isDone = async (): Promise<boolean> => {
      const runs = await runsOf(arena, since);
      order.progress(Math.min(order.trials, runs.length));
      return runs.length >= count * TICKS;
    };
    const caughtUp = await until(120_000, order.signal, isDone);
    await arena.source.query(`UPDATE schedules SET state = 'paused', next_tick = NULL, look_at = NULL`);
    await arena.drain(30_000);
    const runs = await runsOf(arena, since);
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

/** The jobs that came of the ticks since then, with who submitted them. */
async function runsOf({ source }: Arena, since: number): Promise<readonly RunOfTick[]> {
  return source.query<RunOfTick[]>(
    `SELECT -(payload->>'seq')::int AS nth, substring(idempotency_key FROM '[^/]+$') AS tick, by_whom AS by
     FROM jobs JOIN tally_transitions ON job_id = jobs.id AND from_state IS NULL
     WHERE idempotency_key IS NULL OR substring(idempotency_key FROM '[^/]+$')::timestamptz >= to_timestamp($1 / 1000.0)`,
    [since],
  );
}

/** I9: from the first tick to the last one there is one job for each second. */
async function wrongTicks({ source }: Arena, runs: readonly RunOfTick[]): Promise<readonly string[]> {
  const ended = await source.query<{ nth: number; last: Date }[]>(
    `SELECT -(job->'payload'->>'seq')::int AS nth, last_tick AS last FROM schedules`,
  );
  return ended.flatMap(({ nth, last }) => {
    const own = runs.filter((run) => run.nth === nth);
    const ticks = own.map(({ tick }) => (tick === null ? NaN : Date.parse(tick)));
    const known = ticks.filter((tick) => !Number.isNaN(tick));
    const first = known.length > 0 ? Math.min(...known) : last.getTime() - (TICKS - 1) * 1_000;
    const expected = (last.getTime() - first) / 1_000 + 1;
    const different = new Set(known).size;
    return own.length === expected && (known.length === 0 || different === expected)
      ? []
      : [`I9: schedule ${nth} has ${own.length} jobs of ${different} ticks where there were ${expected}.`];
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import { until } from '../arena/until.ts';
import type { Laboratory } from '../arena/laboratory.ts';
import type { Campaign, Finding, Order } from '../campaign.ts';
import { together } from '../campaign.ts';
import { never, within } from '../judge.ts';
import type { WorkMode } from '../worker/assignment.ts';

const WORKERS = 3;
const PLACES = 6;
const LEASE_MS = 6_000;
const HEARTBEAT_MS = LEASE_MS / 3;
const PATIENCE_MS = 1_000;
const LONG_MS = 20_000;
const LANES = 8;
const ABORT_MS = 1_000;
const FREED_MS = 10_000;
const SEEN_WITHIN_MS = 15_000;

/** What is cancelled: work that obeys, work that ignores it, and work that is about to end by itself. */
const kinds = ['obedient', 'obedient', 'ending', 'stubborn'] as const;

export const cancellation: Campaign = {
  id: 'R9',
  title: 'running jobs that are cancelled, also while they end and by workers that hear no notices',
  answers: [],
  trials: { gate: 30, nightly: 1_000 },
  part: { gate: 30, nightly: 250 },
  run: async (order, laboratory) => {
    const deaf = { ...order, trials: Math.ceil(order.trials / 6), plant: 'notices-dropped' } as const;
    const hearing = { ...order, trials: order.trials - deaf.trials };
    const heard = await cancelMany(hearing, laboratory, 'heard');
    const unheard = await cancelMany(deaf, laboratory, 'unheard');
    return together(heard, unheard);
  },
  judge: ({ samples, ...finding }) => [
    never(
      'R9: cancelled jobs that neither ended as cancelled nor were done before, or both',
      { samples, ...finding },
      {
        cancelled: Math.floor(finding.trials / 3),
        'done before': 1,
      },
    ),
    within('R9: time until the abort is seen', samples['heard'] ?? [], { p99: ABORT_MS }),
    within('R9: the same without notices, where only heartbeats tell', samples['unheard'] ?? [], {
      max: HEARTBEAT_MS + ABORT_MS,
    }),
    within('R9: time until the place of a job that ignores it is free', samples['freed'] ?? [], { max: FREED_MS }),
  ],
};

async function cancelMany(order: Order, laboratory: Laboratory, sample: 'heard' | 'unheard'): Promise<Finding> {
  await using arena = await laboratory.arena({
    plant: order.plant,
    settings: { leaseMs: LEASE_MS, concurrency: PLACES, patienceMs: PATIENCE_MS },
    signal: order.signal,
  });
  await arena.startWorkers(WORKERS);
  const samples: Record<string, number[]> = { [sample]: [], freed: [] };
  const violations: string[] = [];
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let trial = next++; trial < order.trials; trial = next++) {
      const kind = sample === 'unheard' ? 'obedient' : (kinds[trial % kinds.length] ?? 'obedient');
      violations.push(...(await cancelOne(arena, { kind, sample, samples, chance: order.random.fraction() })));
      order.progress((done += 1));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await arena.drain(30_000);
  const { violations: broken, facts } = await arena.verdict();
  const states = (state: string): number => facts.jobs.filter((job) => job.state === state).length;
  return {
    trials: order.trials,
    violations: [...violations, ...broken],
    samples,
    reached: { cancelled: states('cancelled'), 'done before': states('succeeded') },
  };
}

type Trial = {
  readonly kind: (typeof kinds)[number];
  readonly sample: string;
  readonly samples: Record<string, number[]>;
  readonly chance: number;
};

async function cancelOne(arena: Arena, { kind, sample, samples, chance }: Trial): Promise<readonly string[]> {
  const mode: WorkMode = kind === 'stubborn' ? 'stubborn' : 'honest';
  const workMs = kind === 'ending' ? Math.round(20 + chance * 30) : LONG_MS;
  const { seq, jobId } = await arena.submit({ mode, workMs }, { maxAttempts: 3 });
  if (jobId === null) return [`job ${seq} could not be submitted.`];
  const toldOf = (kinds: readonly string[]): number | undefined =>
    arena.told.find((told) => 'jobId' in told && told.jobId === jobId && kinds.includes(told.kind))?.at;
  await until(SEEN_WITHIN_MS, arena.signal, () => toldOf(['started']) !== undefined);
  if (kind === 'ending') await sleep(chance * 60);
  const at = Date.now();
  const asked = await arena.api.cancel.execute(
    { id: jobId as never, by: 'torture', reason: null },
    { signal: arena.signal },
  );
  if (kind === 'obedient') {
    await until(SEEN_WITHIN_MS, arena.signal, () => toldOf(['aborted']) !== undefined);
    samples[sample]?.push((toldOf(['aborted']) ?? Infinity) - at);
  }
  const [state, endedAt] = await endOf(arena, jobId);
  if (kind === 'stubborn') samples['freed']?.push(endedAt - at);
  if (!asked.ok) return state === 'succeeded' ? [] : [`job ${seq} could not be cancelled, and is ${state}.`];
  if (state === 'cancelled' || (kind === 'ending' && state === 'succeeded')) return [];
  return [`job ${seq} (${kind}) was to be cancelled, and is ${state}.`];
}

async function endOf(arena: Arena, jobId: string): Promise<readonly [state: string, at: number]> {
  let found: readonly [string, number] = ['unfinished', Number.MAX_SAFE_INTEGER];
  await until(SEEN_WITHIN_MS, arena.signal, async () => {
    const [row] = await arena.source.query<{ state: string; at: number | null }[]>(
      `SELECT state, (extract(epoch FROM finished_at) * 1000)::float8 AS at FROM jobs WHERE id = $1`,
      [jobId],
    );
    if (row === undefined || row.at === null) return false;
    found = [row.state, row.at];
    return true;
  });
  return found;
}

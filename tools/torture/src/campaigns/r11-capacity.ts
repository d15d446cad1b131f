import { setTimeout as sleep } from 'node:timers/promises';
import type { JobRequest } from '#scheduling/contracts';
import type { Arena } from '../arena/arena.ts';
import type { Campaign, Order } from '../campaign.ts';
import { never, within } from '../judge.ts';
import { countThenInsert } from '../plants/counting-capacity.ts';
import { WORK } from '../worker/assignment.ts';
import { composeApi, type Api } from '../worker/composition-root.ts';

const CALLERS = 16;
const REFUSED_MS = { gate: 2_000, nightly: 100 } as const;
const CAPACITY = { gate: 100, nightly: 1_000 } as const;

export const capacity: Campaign = {
  id: 'R11',
  title: 'submissions by sixteen callers at once to a queue that is nearly full',
  answers: [],
  trials: { gate: 1_600, nightly: 160_000 },
  part: { gate: 1_600, nightly: 40_000 },
  run: async (order, laboratory) => {
    const most = CAPACITY[order.size];
    await using arena = await laboratory.arena({ plant: null, settings: {}, signal: order.signal });
    const api = composeApi(arena.source, { capacity: most });
    const submit = submitterOf(arena, { api, most, order });
    const refusals: number[] = [];
    const accepted = new Set<string>();
    let next = 0;
    const caller = async (share: number): Promise<void> => {
      while (next < share) {
        order.progress((next += 1));
        const began = performance.now();
        const outcome = await submit({ type: WORK, payload: { seq: next, workMs: 0, mode: 'honest' } });
        if (outcome === null) refusals.push(performance.now() - began);
        else accepted.add(outcome);
      }
    };
    // First nothing ends, so that the number at the end is the greatest there ever was.
    await Promise.all(Array.from({ length: CALLERS }, () => caller(Math.floor(order.trials / 2))));
    const filled = await waiting(arena);
    // Then jobs end while others come: who looks at any moment must not see more than there may be.
    const churn = new AbortController();
    const highest = watch(arena, churn.signal);
    const ending = endSome(arena, api, churn.signal);
    await Promise.all(Array.from({ length: CALLERS }, () => caller(order.trials)));
    churn.abort();
    await ending;
    const seen = await highest;
    const there = new Set((await arena.source.query<{ id: string }[]>('SELECT id FROM jobs')).map(({ id }) => id));
    const lost = [...accepted].filter((id) => !there.has(id));
    return {
      trials: order.trials,
      violations: [
        ...(filled > most ? [`I10: ${filled} jobs where ${most} may be.`] : []),
        ...(filled < most ? [`I10: only ${filled} jobs were taken where ${most} may be.`] : []),
        ...(seen.highest > most ? [`I10: ${seen.highest} jobs were seen where ${most} may be.`] : []),
        ...lost.map((id) => `I1: job ${id} was acknowledged, and is lost.`),
        ...(there.size === accepted.size ? [] : [`I10: ${there.size} jobs are there, ${accepted.size} were accepted.`]),
      ],
      samples: { refusal: refusals },
      reached: { refused: refusals.length, accepted: accepted.size, looks: seen.looks },
    };
  },
  judge: (finding, size) => [
    never('R11: jobs over the capacity, refused jobs that are there, accepted jobs that are not', finding, {
      refused: Math.floor(finding.trials / 4),
      looks: 20,
    }),
    within('R11: time until a refusal is answered', finding.samples['refusal'] ?? [], { p99: REFUSED_MS[size] }),
  ],
};

/** Answers the id of the job, or null when it was refused. */
function submitterOf(
  arena: Arena,
  { api, most, order }: { api: Api; most: number; order: Order },
): (request: JobRequest) => Promise<string | null> {
  const { source } = arena;
  return async (request) => {
    const submitted =
      order.plant === 'capacity-by-count'
        ? await countThenInsert({ source, capacity: most, unlimited: arena.api.jobs }, request, order.signal)
        : await api.jobs.run((jobs) => jobs.submit(request), order.signal);
    return submitted.ok ? submitted.value : null;
  };
}

async function waiting({ source }: Arena): Promise<number> {
  const [{ count }] = await source.query<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM jobs WHERE state IN ('queued', 'running')`,
  );
  return count;
}

async function watch(arena: Arena, stop: AbortSignal): Promise<{ highest: number; looks: number }> {
  let [highest, looks] = [0, 0];
  while (!stop.aborted) {
    highest = Math.max(highest, await waiting(arena));
    looks += 1;
  }
  return { highest, looks };
}

/** Cancels what waits, a few at a time, so that places become free. */
async function endSome({ source }: Arena, { cancel }: Api, stop: AbortSignal): Promise<void> {
  const signal = new AbortController().signal;
  while (!stop.aborted) {
    const rows = await source.query<{ id: string }[]>(`SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 5`);
    for (const { id } of rows) await cancel.execute({ id: id as never, by: 'torture', reason: null }, { signal });
    await sleep(10);
  }
}

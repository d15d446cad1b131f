import type { Arena } from '../arena/arena.ts';
import type { Campaign } from '../campaign.ts';
import { isClaim, type Facts } from '../checks/facts.ts';
import { never } from '../judge.ts';
import { WORK } from '../worker/assignment.ts';

const WORKERS = 2;
const PLACES = 4;
/** What one worker claims while another one does the same is not in the order of either. */
const AT_ONCE_MS = 100;
const SHARE = 0.001;

/** Waiting for so long makes up for all of priority. */
const OLDEST_MS = 9 * 60_000 + 1_000;

export const priorities: Campaign = {
  id: 'R13',
  title: 'jobs of ten priorities that wait at the same time, and low ones that wait for long',
  answers: [],
  trials: { gate: 600, nightly: 100_000 },
  part: { gate: 600, nightly: 20_000 },
  run: async (order, laboratory) => {
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { concurrency: PLACES },
      signal: order.signal,
    });
    await fill(arena, order.trials);
    await arena.startWorkers(WORKERS);
    await arena.drain(60_000 + order.trials * 20);
    const { violations, facts } = await arena.verdict();
    const priorities = await prioritiesOf(arena);
    const inverted = inversions(facts, priorities);
    const isFair = inverted.length <= facts.jobs.length * SHARE;
    return {
      trials: facts.jobs.length,
      violations: [
        ...violations,
        ...(isFair
          ? []
          : [`I13: ${inverted.length} jobs began before one that had to come first.`, ...inverted.slice(0, 3)]),
      ],
      samples: {},
      reached: { jobs: facts.jobs.length, 'out of order': inverted.length },
    };
  },
  judge: (finding) => [
    never('R13: jobs that began out of the order of priority and age (more than 0.1 %), starved or lost', finding, {
      jobs: finding.trials,
    }),
  ],
};

/** Random but repeatable priorities. One job of twenty is of the lowest, and has waited so long that it is due before all others. */
async function fill({ source }: Arena, count: number): Promise<void> {
  await source.query(
    `INSERT INTO jobs (id, type, payload, priority, due_at, rank, max_attempts, timeout_ms, submitted_at, state, attempt, token)
     SELECT gen_random_uuid(), $1, json_build_object('seq', n, 'workMs', 0, 'mode', 'honest'), priority, due,
       due - priority * interval '1 minute', 3, 60000, now(), 'queued', 0, 0
     FROM (
       SELECT n, CASE WHEN n % 20 = 0 THEN 0 ELSE (n * 7919) % 10 END AS priority,
         date_trunc('second', now()) - CASE WHEN n % 20 = 0 THEN $3 ELSE 0 END * interval '1 millisecond' AS due
       FROM generate_series(1, $2::int) AS n
     ) AS jobs`,
    [WORK, count, OLDEST_MS],
  );
}

async function prioritiesOf({ source }: Arena): Promise<ReadonlyMap<string, number>> {
  const rows = await source.query<{ id: string; rank: number }[]>(
    `SELECT id, extract(epoch FROM rank)::float8 AS rank FROM jobs WHERE type = $1`,
    [WORK],
  );
  return new Map(rows.map(({ id, rank }) => [id, rank]));
}

/** Claims after which, and not at the same time, a job began that had to come first. */
function inversions({ transitions }: Facts, ranks: ReadonlyMap<string, number>): readonly string[] {
  const claims = transitions.filter(isClaim).toSorted((a, b) => a.at - b.at);
  const rankOf = ({ jobId }: { readonly jobId: string }): number => ranks.get(jobId) ?? 0;
  let lowest = Infinity;
  const lowestLater: { at: number; rank: number }[] = [];
  for (const claim of claims.toReversed()) {
    lowest = Math.min(lowest, rankOf(claim));
    lowestLater.push({ at: claim.at, rank: lowest });
  }
  lowestLater.reverse();
  const wrong: string[] = [];
  let later = 0;
  for (const claim of claims) {
    while (later < claims.length && (lowestLater[later]?.at ?? 0) < claim.at + AT_ONCE_MS) later += 1;
    const first = lowestLater[later];
    if (first !== undefined && first.rank < rankOf(claim)) wrong.push(`I13: job ${claim.jobId} began too early.`);
  }
  return wrong;
}

import type { Campaign } from '../campaign.ts';
import { isClaim, type Facts } from '../checks/facts.ts';
import { never, within } from '../judge.ts';

const WORKERS = 4;
const LIMIT_MS = 1_000;
const PATIENCE_MS = 1_000;
const LATE_MS = 1_000;
/** Much longer than the limit, so that only the limit can end it. */
const WORK_MS = 30_000;

const kinds = ['honest', 'busy', 'stuck', 'stubborn'] as const;

export const timeLimits: Campaign = {
  id: 'R10',
  title: 'jobs that take longer than they may, of four kinds',
  answers: [],
  trials: { gate: 16, nightly: 500 },
  part: { gate: 16, nightly: 100 },
  run: async (order, laboratory) => {
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs: 5_000, concurrency: 4, patienceMs: PATIENCE_MS },
      signal: order.signal,
    });
    await arena.startWorkers(WORKERS);
    for (let job = 0; job < order.trials; job += 1) {
      const mode = kinds[job % kinds.length] ?? 'honest';
      await arena.submit({ mode, workMs: WORK_MS }, { timeoutMs: LIMIT_MS, maxAttempts: 1 });
      order.progress(job + 1);
    }
    await arena.drain((order.trials / (WORKERS * 4)) * (LIMIT_MS + PATIENCE_MS + LATE_MS) + 20_000);
    const { violations, facts } = await arena.verdict();
    return {
      trials: order.trials,
      violations: [
        ...violations,
        ...facts.jobs
          .filter(({ state, failure }) => state !== 'failed' || !/longer than/.test(failure ?? ''))
          .map(({ seq, mode, state, failure }) => `Job ${seq} (${mode}) is ${state}: ${failure}`),
      ],
      samples: {
        obedient: lateness(facts, (mode) => mode !== 'stubborn'),
        stubborn: lateness(facts, (mode) => mode === 'stubborn'),
      },
      reached: {
        'jobs that heard of it': arena.count('aborted'),
        'jobs that ignored it': arena.count('HandlerIgnoredAbort'),
      },
    };
  },
  judge: (finding) => [
    never('R10: jobs that did not end by their time limit', finding, {
      'jobs that heard of it': Math.floor(finding.trials / 2),
      'jobs that ignored it': Math.floor(finding.trials / 4),
    }),
    within('R10: ended after the limit', finding.samples['obedient'] ?? [], { max: LATE_MS }),
    within(
      'R10: the place freed after the limit and the patience, when the job ignored it',
      finding.samples['stubborn'] ?? [],
      {
        max: LATE_MS,
      },
    ),
  ],
};

/** By how much jobs went over what they may take, in milliseconds. */
function lateness({ jobs, transitions }: Facts, isWanted: (mode: string) => boolean): readonly number[] {
  const byJob = Map.groupBy(transitions, ({ jobId }) => jobId);
  return jobs
    .filter(({ mode }) => isWanted(mode))
    .flatMap(({ id, mode }) => {
      const [claim, end] = (byJob.get(id) ?? []).filter((one) => isClaim(one) || one.from === 'running');
      if (claim === undefined || end === undefined) return [];
      return [Math.max(0, end.at - claim.at - LIMIT_MS - (mode === 'stubborn' ? PATIENCE_MS : 0))];
    });
}

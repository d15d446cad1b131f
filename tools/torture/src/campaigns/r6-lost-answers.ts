import { until } from '../arena/until.ts';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';
import type { Transfer } from '../server/wire-proxy.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const WORKERS = 3;
const SHARE = 0.12;

export const lostAnswers: Campaign = {
  id: 'R6',
  title: 'COMMITs that were carried out, and whose answer was lost',
  answers: [],
  trials: { gate: 20, nightly: 500 },
  part: { gate: 20, nightly: 100 },
  run: async (order, laboratory) => {
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { leaseMs: 2_000, concurrency: 4 },
      signal: order.signal,
      throughProxies: true,
    });
    const workers = await arena.startWorkers(WORKERS);
    const lost = { submit: 0, claim: 0, effect: 0, end: 0, other: 0 };
    const sum = (): number => Object.values(lost).reduce((total, one) => total + one, 0);
    const loses = (transfer: Transfer): boolean => {
      const kind = kindOf(transfer);
      if (kind === null || sum() >= order.trials || order.random.fraction() > SHARE) return false;
      lost[kind] += 1;
      order.progress(sum());
      return true;
    };
    if (arena.proxy) arena.proxy.losesAnswerTo = loses;
    for (const worker of workers) arena.proxyOf(worker).losesAnswerTo = loses;
    const ids: string[] = [];
    while (sum() < order.trials) {
      const job = await arena.submitInsistently(
        { mode: 'honest', workMs: Math.round(order.random.between(5, 60)) },
        20,
      );
      if (job.others > 0) ids.push(`I12: job ${job.seq} was acknowledged under ${job.others + 1} ids.`);
      await sleep(order.random.between(0, 25));
      order.signal.throwIfAborted();
    }
    await until(60_000, order.signal, async () => Object.keys(await arena.unfinished()).length === 0);
    const { violations, facts } = await arena.verdict();
    return {
      trials: order.trials,
      violations: [...violations, ...ids],
      samples: {},
      reached: {
        'submits unanswered': lost.submit,
        'claims unanswered': lost.claim,
        'effects unanswered': lost.effect,
        'ends unanswered': lost.end,
        jobs: facts.jobs.length,
      },
    };
  },
  judge: (finding) => [
    never('R6: jobs or effects lost or doubled when the answer to a COMMIT was lost', finding, {
      'submits unanswered': 1,
      'claims unanswered': 1,
      'effects unanswered': 1,
      'ends unanswered': 1,
    }),
  ],
};

/** What a transaction was for, as far as its statements show; null for what changes nothing worth losing. */
function kindOf({ statements }: Transfer): 'submit' | 'claim' | 'effect' | 'end' | 'other' | null {
  const text = statements.join('\n');
  if (/INSERT INTO tally_effects/.test(text)) return 'effect';
  if (/INSERT INTO jobs\b/.test(text)) return 'submit';
  if (/SET\s+state = 'running'/.test(text)) return 'claim';
  if (/state = 'succeeded'/.test(text)) return 'end';
  return null;
}

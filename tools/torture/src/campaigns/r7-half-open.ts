import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { WorkerProcess } from '../arena/worker-process.ts';
import { until } from '../arena/until.ts';
import type { Campaign } from '../campaign.ts';
import { never, within } from '../judge.ts';
import { supply } from './supply.ts';

const WORKERS = 3;
const CONTINUES_MS = 15_000;

/** The loops of a worker, by what they ask the database. */
const loops = {
  claim: /SET\s+state = 'running'/,
  heartbeat: /UPDATE jobs\s+SET\s+lease_expires_at/,
  sweep: /WITH expired AS/,
} as const;

const sizes = {
  gate: { answerMs: 2_000, leaseMs: 3_000, workMs: [1_200, 2_000], pauseMs: [300, 900] },
  nightly: { answerMs: 5_000, leaseMs: 6_000, workMs: [2_500, 4_000], pauseMs: [2_000, 4_000] },
} as const;

export const halfOpen: Campaign = {
  id: 'R7',
  title: 'connections that go silent without being closed',
  answers: [],
  trials: { gate: 3, nightly: 100 },
  part: { gate: 3, nightly: 25 },
  run: async (order, laboratory) => {
    const { answerMs, leaseMs, workMs, pauseMs } = sizes[order.size];
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { answerMs, leaseMs, concurrency: 3 },
      signal: order.signal,
      throughProxies: true,
    });
    const workers = await arena.startWorkers(WORKERS);
    const samples: Record<string, number[]> = { claim: [], heartbeat: [], sweep: [] };
    const violations: string[] = [];
    let [holes, done] = [0, 0];
    {
      await using _supply = supply(arena, WORKERS * 3, () => ({
        mode: 'honest',
        workMs: Math.round(order.random.between(workMs[0], workMs[1])),
      }));
      await Promise.all(
        workers.map(async (worker, lane) => {
          for (let trial = lane; trial < order.trials; trial += WORKERS) {
            await sleep(order.random.between(pauseMs[0], pauseMs[1]));
            const again = untilAllLoops(arena, worker);
            holes += arena.proxyOf(worker).blackHole();
            const after = await again;
            for (const [loop, ms] of Object.entries(after)) {
              if (ms === null)
                violations.push(`I8: the ${loop} loop of ${worker.name} did not go on within ${CONTINUES_MS} ms.`);
              else samples[loop]?.push(ms);
            }
            order.progress((done += 1));
          }
        }),
      );
    }
    await arena.drain(60_000);
    const verdict = await arena.verdict();
    return {
      trials: order.trials,
      violations: [...violations, ...verdict.violations],
      samples,
      reached: { 'connections silenced': holes },
    };
  },
  judge: (finding) => [
    never('R7: loops that stopped, jobs lost or ended twice, when connections went silent', finding, {
      'connections silenced': finding.trials,
    }),
    ...Object.keys(loops).map((loop) =>
      within(`R7: time until the ${loop} loop goes on`, finding.samples[loop] ?? [], { max: CONTINUES_MS }),
    ),
  ],
};

/** How long each loop of the worker took from now until it was answered again; null for one that was not in time. */
async function untilAllLoops(arena: Arena, worker: WorkerProcess): Promise<Record<string, number | null>> {
  const began = Date.now();
  const after: Record<string, number | null> = { claim: null, heartbeat: null, sweep: null };
  arena.proxyOf(worker).onAnswer = ({ statements, at }) => {
    const text = statements.join('\n');
    for (const [loop, pattern] of Object.entries(loops)) if (pattern.test(text)) after[loop] ??= at - began;
  };
  await until(CONTINUES_MS * 1.2, arena.signal, () => Object.values(after).every((ms) => ms !== null));
  return after;
}

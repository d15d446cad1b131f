import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '../arena/arena.ts';
import type { WorkerProcess } from '../arena/worker-process.ts';
import type { Campaign, Order } from '../campaign.ts';
import { isClaim, type Facts } from '../checks/facts.ts';
import { never, within } from '../judge.ts';
import { supply } from './supply.ts';

const LANES = 3;
const PLACES = 3;
const GRACE_MS = 700;
const PATIENCE_MS = 1_000;
const ANSWER_MS = 2_000;
/** As long as the worker says it takes at most, and a moment for the process itself. */
const STOPS_MS = GRACE_MS + PATIENCE_MS + 2 * ANSWER_MS + 1_000;

type Stopped = {
  readonly worker: WorkerProcess;
  readonly at: number;
  readonly tookMs: number;
  readonly how: number | string;
};

export const gracefulStop: Campaign = {
  id: 'R18',
  title: 'workers told to stop (SIGTERM)',
  answers: [],
  trials: { gate: 3, nightly: 200 },
  part: { gate: 3, nightly: 50 },
  run: async (order, laboratory) => {
    await using arena = await laboratory.arena({
      plant: order.plant,
      settings: { concurrency: PLACES, graceMs: GRACE_MS, patienceMs: PATIENCE_MS, answerMs: ANSWER_MS },
      signal: order.signal,
    });
    const stopped: Stopped[] = [];
    let begun = 0;
    {
      await using _supply = supply(arena, LANES * PLACES * 2, () => ({
        mode: 'honest',
        workMs: Math.round(order.random.between(20, GRACE_MS * 2.5)),
      }));
      const lane = async (): Promise<void> => {
        while ((begun += 1) <= order.trials) {
          stopped.push(await stopOne(arena, order));
          order.progress(stopped.length);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    }
    await arena.startWorker();
    await arena.drain(60_000);
    const { violations, facts } = await arena.verdict();
    const handedBack = facts.transitions.filter(
      ({ from, to, fromAttempt, toAttempt }) => from === 'running' && to === 'queued' && toAttempt < (fromAttempt ?? 0),
    );
    return {
      trials: stopped.length,
      violations: [...violations, ...stopped.flatMap((one) => faultsOf(one, facts))],
      samples: { stop: stopped.map(({ tookMs }) => tookMs), 'last claim': stopped.map((one) => lastClaim(one, facts)) },
      reached: { 'jobs handed back': handedBack.length, jobs: facts.jobs.length },
    };
  },
  judge: (finding) => [
    never('R18: workers that did not stop with 0, or kept, lost or used up a job', finding, {
      'jobs handed back': Math.floor(finding.trials / 2),
    }),
    within('R18: time until it has stopped', finding.samples['stop'] ?? [], { max: STOPS_MS }),
    within('R18: the last claim after the signal', finding.samples['last claim'] ?? [], { max: 100 }),
  ],
};

async function stopOne(arena: Arena, { random }: Order): Promise<Stopped> {
  const worker = await arena.startWorker();
  await worker.next(({ kind }) => kind === 'started');
  await sleep(random.between(0, GRACE_MS));
  const at = Date.now();
  worker.signal('SIGTERM');
  const how = await worker.ended;
  return { worker, at, tookMs: Date.now() - at, how };
}

function faultsOf({ worker, how }: Stopped, { transitions }: Facts): readonly string[] {
  const swept = transitions.filter(
    ({ from, holder, by }) => from === 'running' && holder === worker.name && by !== worker.name,
  );
  return [
    ...(how === 0 ? [] : [`${worker.name} ended with ${how}. ${worker.lastWords}`]),
    ...swept.map(({ jobId }) => `${worker.name} kept the job ${jobId}, which was taken from it later.`),
  ];
}

function lastClaim({ worker, at }: Stopped, { transitions }: Facts): number {
  const claims = transitions.filter((one) => isClaim(one) && one.newHolder === worker.name && one.at > at);
  return Math.max(0, ...claims.map((one) => one.at - at));
}

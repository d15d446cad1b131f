import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Costs } from '../product/costs.ts';
import { isOf, Program, TELLS_COSTS } from '../product/program.ts';
import { ASSIGNMENT, GO, type Assignment, type Claimed, type Ended, type Ready } from './assignment.ts';
import type { Submitted } from './assignment.ts';
import { EndRate } from './end-rate.ts';

const FILE = join(import.meta.dirname, 'main.ts');
const LOOK_MS = 20;

export type Work = {
  readonly unmeasured: number;
  readonly jobs: number;
  readonly workers: number;
  readonly places: number;
};
export type Worked = { readonly perSecond: number; readonly peakMb: number; readonly cpuMs: number };

type Where = Pick<Assignment, 'engine' | 'url'>;

/** The time of submitting so many jobs one by one, after some that are not measured. */
export async function submitJobs(
  where: Where,
  jobs: { readonly unmeasured: number; readonly jobs: number },
  signal: AbortSignal,
): Promise<number> {
  await using program = await ready({ ...where, role: 'submit', ...jobs }, signal);
  const { milliseconds } = await program.ask(GO, isOf<Submitted>('submitted'));
  return milliseconds;
}

/** How many jobs a second workers end, of all that wait but for the first few, the most memory that one of them has held, and their time of processors per job. */
export async function workOnJobs(where: Where, work: Work, signal: AbortSignal): Promise<Worked> {
  await using programs = new AsyncDisposableStack();
  const workers: Program[] = [];
  const { unmeasured, jobs, places } = work;
  const rate = new EndRate(unmeasured);
  for (let nth = 1; nth <= work.workers; nth += 1) {
    const worker = programs.use(await ready({ ...where, role: 'work', places, name: `worker ${nth}` }, signal));
    worker.listen((told) => {
      if (isOf<Ended>('ended')(told)) rate.add(told);
    });
    workers.push(worker);
  }
  const before = await sumOf(workers);
  for (const worker of workers) worker.say(GO);
  while (rate.ended < unmeasured + jobs) {
    await sleep(LOOK_MS, undefined, { signal });
    for (const worker of workers) worker.throwIfEnded();
  }
  const { peakMb, cpuMs } = await sumOf(workers);
  return { perSecond: rate.perSecond(), peakMb, cpuMs: (cpuMs - before.cpuMs) / rate.ended };
}

/** The memory of the largest one, and the time of all. */
async function sumOf(workers: readonly Program[]): Promise<Pick<Costs, 'peakMb' | 'cpuMs'>> {
  const costs = await Promise.all(workers.map((worker) => worker.costs()));
  return { peakMb: Math.max(...costs.map(({ peakMb }) => peakMb)), cpuMs: sum(costs.map(({ cpuMs }) => cpuMs)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** How long each claim took. */
export async function claimJobs(
  where: Where,
  claims: { readonly unmeasured: number; readonly claims: number; readonly callers: number },
  signal: AbortSignal,
): Promise<readonly number[]> {
  await using program = await ready({ ...where, role: 'claim', ...claims }, signal);
  const { milliseconds } = await program.ask(GO, isOf<Claimed>('claimed'));
  return milliseconds;
}

async function ready(assignment: Assignment, signal: AbortSignal): Promise<Program> {
  const program = new Program(FILE, {
    env: { [ASSIGNMENT]: JSON.stringify(assignment) },
    before: [TELLS_COSTS],
    signal,
  });
  try {
    await program.next(isOf<Ready>('ready'));
    return program;
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

import { assertNever } from '#kernel';
import { ASSIGNMENT, GO, type Assignment, type Claimed, type Ended, type Ready, type Submitted } from './assignment.ts';
import { loadEngine } from './engines.ts';
import type { JobEngine } from './engine.ts';

/** A process of the benchmark of jobs: gets ready, waits for its start, and tells what it has measured. */
const REPORT_MS = 10;

const assignment = JSON.parse(process.env[ASSIGNMENT] ?? '') as Assignment;
const tell = (told: Ready | Submitted | Ended | Claimed): void => void process.send?.(told);

process.on('disconnect', () => process.exit(3));
await act(await loadEngine[assignment.engine](), assignment);

async function act(engine: JobEngine, told: Assignment): Promise<void> {
  switch (told.role) {
    case 'submit':
      return await submit(await engine.submitter(told.url), told.unmeasured, told.jobs);
    case 'work':
      return await work(engine, told);
    case 'claim':
      return await claim(engine, told);
    default:
      return assertNever(told);
  }
}

async function started(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.on('message', (message) => {
    if (message === GO) resolve();
  });
  tell({ kind: 'ready' });
  await promise;
}

async function submit(one: (seq: number) => Promise<void>, unmeasured: number, jobs: number): Promise<void> {
  await started();
  for (let seq = 0; seq < unmeasured; seq += 1) await one(seq);
  const began = performance.now();
  for (let seq = 0; seq < jobs; seq += 1) await one(unmeasured + seq);
  tell({ kind: 'submitted', milliseconds: performance.now() - began });
}

async function work(engine: JobEngine, { url, places, name }: Assignment & { role: 'work' }): Promise<void> {
  let [count, at] = [0, 0];
  const report = (): void => {
    tell({ kind: 'ended', count, at });
    count = 0;
  };
  const go = await engine.worker(url, places, name, () => {
    if (count === 0) setTimeout(report, REPORT_MS);
    count += 1;
    at = performance.timeOrigin + performance.now();
  });
  await started();
  await go();
}

async function claim(engine: JobEngine, told: Assignment & { role: 'claim' }): Promise<void> {
  const { url, callers, unmeasured, claims } = told;
  const claimOne = await engine.claimer?.(url, callers);
  if (claimOne === undefined) throw new Error(`${told.engine} does not offer claims.`);
  await started();
  const milliseconds: number[] = [];
  let left = unmeasured + claims;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      const end = await claimOne();
      milliseconds.push(performance.now() - began);
      await end();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  tell({ kind: 'claimed', milliseconds: milliseconds.slice(unmeasured) });
}

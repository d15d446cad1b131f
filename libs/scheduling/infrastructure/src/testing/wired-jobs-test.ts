import { err, ok, type Result } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import {
  JobQueue,
  JobWorker,
  PRUNE_JOB,
  Randomness,
  SchedulerControl,
  usualWorkerSettings,
  type CancelRefused,
  type ClaimedJob,
  type RetryRefused,
  type SubmitRefused,
} from '#scheduling/application';
import { JobBuilder } from '#scheduling/application/testing';
import type { JobId, Lease } from '#scheduling/contracts';
import type { JobEvent, JobSnapshot, ProposedJob } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { schedulingWorkerModule } from '../scheduling-worker.module.ts';
import { LedgerTransaction, writeDown, type LedgerEntry } from './ledger.ts';
import { processTime } from './process-time.ts';
import { surroundingsModule } from './surroundings.module.ts';

export const { leaseMs } = usualWorkerSettings;

/** How many jobs there may be: few, so that a test can have them all. */
export const CAPACITY = 4;

export type NothingToDo = { readonly kind: 'NothingToDo' };

/** Jobs as the worker's module wires them, over adapters that a subclass chooses, with a handler that keeps a ledger. */
export abstract class WiredJobsTest extends ContainerTest {
  readonly ids = new SequentialIds();
  readonly #build = new JobBuilder(this.clock.now(), this.ids);
  #time = processTime(this.clock);

  /** All jobs, asked for behind the back of the container. */
  abstract jobs(): Promise<readonly JobSnapshot[]>;
  /** What has happened to a job, asked for likewise. */
  abstract history(id: JobId): Promise<readonly JobEvent[]>;
  /** What attempts have written, in that order. */
  abstract entries(): Promise<readonly LedgerEntry[]>;

  async job(id: JobId): Promise<JobSnapshot> {
    return (await this.jobs()).find((job) => job.id === id) ?? expect.fail(`Expected a job ${id}.`);
  }

  async submitted(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    return expectOk(await this.submit(proposed));
  }

  async submit(proposed: Partial<ProposedJob> = {}, signal = this.signal): Promise<Result<JobId, SubmitRefused>> {
    return (await this.get(JobQueue)).submit(this.#build.queued(proposed), signal);
  }

  async cancel(id: JobId, signal = this.signal): Promise<Result<'cancelled' | 'requested', CancelRefused>> {
    return (await this.get(JobQueue)).cancel({ id, by: 'ada', reason: null }, signal);
  }

  async retry(id: JobId, signal = this.signal): Promise<Result<void, RetryRefused>> {
    return (await this.get(JobQueue)).retry({ id, by: 'ada', attempts: 1 }, signal);
  }

  /** Every change of a job is in its history, in the order in which it happened, and nothing else. */
  async expectHistory(id: JobId): Promise<void> {
    const { state, attempt } = await this.job(id);
    const last = (await this.history(id)).at(-1);
    expect(last).to.include({ state, attempt: last?.kind === 'handedBack' ? attempt + 1 : attempt });
  }

  /** One job, claimed by a worker that is called `early`. */
  async claimed(proposed: Partial<ProposedJob> = {}): Promise<ClaimedJob> {
    await this.submitted(proposed);
    return (await this.claim('early'))[0] ?? expect.fail('Expected a job to claim.');
  }

  async claim(worker: string, signal = this.signal): Promise<readonly ClaimedJob[]> {
    const queue = await this.get(JobQueue);
    return queue.claim({ types: ['test.run'], worker, limit: 1, leaseMs }, signal);
  }

  /** Writes what an attempt is there for, as long as it may. */
  async handle(lease: Lease, signal = this.signal): Promise<void> {
    await writeDown(await this.get(LedgerTransaction), lease, signal);
  }

  /** Does the work of a job that is claimed already, and tells the queue. Answers the token that it had. */
  async carryOut({ lease }: ClaimedJob, signal = this.signal): Promise<number> {
    await this.handle(lease, signal);
    await (await this.get(JobQueue)).complete(lease, lease.token, signal);
    return lease.token;
  }

  /** What a worker does with one job, if there is one. */
  async work(worker: string, signal = this.signal): Promise<Result<number, NothingToDo>> {
    const [job] = await this.claim(worker, signal);
    return job === undefined ? err({ kind: 'NothingToDo' }) : ok(await this.carryOut(job, signal));
  }

  /** Takes back what has expired; answers how many jobs. */
  async sweep(signal = this.signal): Promise<number> {
    return (await (await this.get(JobQueue)).sweepExpired(10, signal)).length;
  }

  /** Whatever happened, nothing was written by somebody whose job another one had, or nobody; and by nobody twice. */
  async expectFenced(): Promise<void> {
    const entries = await this.entries();
    for (const entry of entries) expect(entry).to.include({ newest: entry.token, state: 'running' });
    const tokens = entries.map(({ token }) => token);
    expect(tokens).to.deep.equal([...new Set(tokens)].sort((one, other) => one - other));
  }

  /**
   * Lets time pass and a worker come by, and expects that the job is done then: by the attempt that wrote last, whose token
   * is the result.
   */
  async expectDoneInTheEnd(id: JobId): Promise<void> {
    await this.clock.advance(leaseMs);
    await this.sweep();
    await this.work('last');
    const last = (await this.entries()).at(-1);
    expect(await this.job(id)).to.include({ state: 'succeeded', result: last?.token, token: last?.token });
    await this.expectFenced();
  }

  /** Has a worker work until the job has ended, or `signal` aborts; then it is told to stop, and is waited for. */
  async employ(id: JobId, signal = this.signal): Promise<void> {
    const worker = await this.get(JobWorker);
    const time = this.#time;
    const stop = new AbortController();
    const working = worker.run(stop.signal);
    const isOver = async (): Promise<boolean> => signal.aborted || 'finishedAt' in (await this.job(id));
    for (let pauseMs = 1; !(await isOver()); pauseMs = Math.min(pauseMs * 2, 2_000)) {
      await this.clock.sleep(pauseMs, signal).catch(() => {});
    }
    if (time.isOver) return; // the process has died, and nobody tells it anything
    stop.abort(new Error('told to stop'));
    await working;
  }

  override async crash(): Promise<void> {
    this.#time.end();
    await super.crash();
  }

  protected override async setUp(): Promise<void> {
    this.override(Randomness, { fraction: () => 0.5 });
    await this.get(JobWorker);
    await this.get(SchedulerControl);
  }

  protected worker(source?: DataSource) {
    this.#time = processTime(this.clock);
    // An empty queue is looked at seldom: what a worker finds there is the same each time.
    const settings = { ...usualWorkerSettings, name: 'w1', concurrency: 1, pollMs: leaseMs / 3, graceMs: 1_000 };
    return [
      schedulingWorkerModule({ jobTypes: ['test.run', PRUNE_JOB], worker: settings, capacity: CAPACITY }),
      surroundingsModule({ clock: this.#time.clock, ids: this.ids, ...(source && { source }) }),
    ];
  }
}

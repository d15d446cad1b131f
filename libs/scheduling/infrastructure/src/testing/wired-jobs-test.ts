import { err, ok, type Result } from '#kernel';
import { SequentialIds } from '#kernel/testing';
import { JobQueue, usualWorkerSettings, type ClaimedJob } from '#scheduling/application';
import { JobBuilder } from '#scheduling/application/testing';
import type { JobId, Lease } from '#scheduling/contracts';
import type { JobSnapshot, ProposedJob } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { schedulingWorkerModule } from '../scheduling-worker.module.ts';
import { LedgerTransaction, writeDown, type LedgerEntry } from './ledger.ts';
import { surroundingsModule } from './surroundings.module.ts';

export const { leaseMs } = usualWorkerSettings;

export type NothingToDo = { readonly kind: 'NothingToDo' };

/** Jobs as the worker's module wires them, over adapters that a subclass chooses, with a handler that keeps a ledger. */
export abstract class WiredJobsTest extends ContainerTest {
  readonly #build = new JobBuilder(this.clock.now());
  readonly ids = new SequentialIds();

  /** How it stands, asked behind the back of the container. */
  abstract job(id: JobId): Promise<JobSnapshot>;
  /** What attempts have written, in that order. */
  abstract entries(): Promise<readonly LedgerEntry[]>;

  async submitted(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    const job = this.#build.queued(proposed);
    await (await this.get(JobQueue)).submit(job, this.signal);
    return job.snapshot().id;
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

  protected override async setUp(): Promise<void> {
    await this.get(JobQueue);
    await this.get(LedgerTransaction);
  }

  protected worker(source?: DataSource) {
    const { clock, ids } = this;
    const settings = { ...usualWorkerSettings, name: 'w1', concurrency: 1 };
    return [
      schedulingWorkerModule({ jobTypes: ['test.run'], worker: settings }),
      surroundingsModule({ clock, ids, ...(source && { source }) }),
    ];
  }
}

import { Clock, Ids, ok } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { JobQueue, JobReader, SchedulerControl } from '#scheduling/application';
import { JobBuilder, type EngineUnderTest } from '#scheduling/application/testing';
import { BullMqJobQueue, type BullMqParts } from '#scheduling/bullmq';
import { bullMqSchema, closeBullMq } from '#scheduling/bullmq/testing';
import { JobsWithin, type JobId } from '#scheduling/contracts';
import { ClockTime, QueueTime, schedulingModule, schedulingSchema } from '#scheduling/infrastructure';
import type { ProposedJob } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import { TestDatabase } from '#testing/database';
import { DataSource } from 'typeorm';
import { databaseModule } from '../composition-root.ts';

export const capacity = 50;
export const reissueMs = 60_000;
export const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs: 15_000 };

/** The engine as the worker's module wires it, with BullMQ in the test's own database or elsewhere. */
export class BullMqTest extends ContainerTest {
  readonly database = this.part(new TestDatabase([schedulingSchema, bullMqSchema], { rung: 'clone', races: true }));
  readonly #build = new JobBuilder(this.clock.now());
  #own!: JobQueue;
  #engine!: Pick<EngineUnderTest, 'queue' | 'reader' | 'control' | 'jobs'>;

  protected override modules() {
    const engine = (parts: BullMqParts): BullMqJobQueue => {
      const queue = new BullMqJobQueue(parts, { url: this.queueUrl(), reissueMs });
      this.#own = parts.own;
      this.defer(() => closeBullMq([queue], this.database.source), 'the connections of BullMQ');
      return queue;
    };
    return [
      systemModule(),
      loggingModule({ level: 'error' }),
      databaseModule(this.database.url, 1),
      schedulingModule({ jobTypes: ['test.run'], capacity, engine }),
    ];
  }

  protected override async setUp(): Promise<void> {
    this.override(Clock, this.clock);
    this.override(Ids, new SequentialIds());
    this.override(DataSource, this.database.source);
    this.override(QueueTime, new ClockTime(this.clock));
    const [queue, reader, control, jobs] = await Promise.all([
      this.get(JobQueue),
      this.get(JobReader),
      this.get(SchedulerControl),
      this.get(JobsWithin),
    ]);
    this.#engine = { queue, reader, control, jobs };
  }

  protected queueUrl(): string {
    return this.database.url;
  }

  /** The engine without BullMQ. */
  own(): JobQueue {
    return this.#own;
  }

  async submit(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    return expectOk(await this.#engine.queue.submit(this.#build.queued(proposed), this.signal));
  }

  engine(): EngineUnderTest {
    const { clock, signal, database } = this;
    const transaction = new TypeOrmTransaction(database.source, asOpenTransaction);
    return {
      ...this.#engine,
      ...{ clock, signal, database, capacity },
      inTransaction: async (work, until) =>
        expectOk(await transaction.run(async (joined) => ok(await work(joined)), until)),
    };
  }
}

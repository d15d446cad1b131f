import { Clock, Ids, ok } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { JobQueue, JobReader, SchedulerControl } from '#scheduling/application';
import { JobBuilder, jobQueueContract, type EngineUnderTest } from '#scheduling/application/testing';
import { BullMqJobQueue, type BullMqParts } from '#scheduling/bullmq';
import { bullMqSchema, closeBullMq } from '#scheduling/bullmq/testing';
import { JobsWithin, type JobId } from '#scheduling/contracts';
import { ClockTime, QueueTime, schedulingModule, schedulingSchema } from '#scheduling/infrastructure';
import type { ProposedJob } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import { TestDatabase } from '#testing/database';
import { expect } from 'chai';
import { DataSource } from 'typeorm';
import { databaseModule } from './composition-root.ts';

const capacity = 50;
const reissueMs = 60_000;
const claim = { types: ['test.run'], worker: 'w1', limit: 10, leaseMs: 15_000 };

class BullMqTest extends ContainerTest {
  readonly database = this.part(new TestDatabase([schedulingSchema, bullMqSchema], { rung: 'clone', races: true }));
  readonly #build = new JobBuilder(this.clock.now());
  #own!: JobQueue;
  #engine!: Pick<EngineUnderTest, 'queue' | 'reader' | 'control' | 'jobs'>;

  protected override modules() {
    const engine = (parts: BullMqParts): BullMqJobQueue => {
      const queue = new BullMqJobQueue(parts, { url: this.database.url, reissueMs });
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

const t = BullMqTest.install();

describe('the engine of BullMQ and PostgreSQL', function () {
  this.timeout(10_000);

  jobQueueContract.holdsFor(
    BullMqJobQueue,
    Object.assign(
      t.opens(({ engine }) => engine()),
      { lacks: ['ageing'] as const },
    ),
  );

  it(
    'has the job done whose ticket BullMQ has lost',
    t.test(async ({ engine, submit, clock, database, signal }) => {
      const { queue } = engine();
      const id = await submit();
      await queue.claim({ ...claim, limit: 0 }, signal);
      await database.source.query('TRUNCATE bullmq.job CASCADE');

      const early = await queue.claim(claim, signal);
      await clock.advance(reissueMs);
      const then = await queue.claim(claim, signal);

      expect(early).to.deep.equal([]);
      expect(then).to.have.lengthOf(1);
      expect(then[0]).to.include({ id, attempt: 1 });
    }),
  );

  it(
    'keeps no ticket of what is done, and the ticket of what somebody else is just writing',
    t.test(async ({ engine, submit, database, signal }) => {
      const { queue } = engine();
      const [done, written] = [await submit(), await submit()];

      const claimed = await database.source.transaction(async (other) => {
        await other.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [written]);
        return queue.claim(claim, signal);
      });

      expect(claimed.map(({ id }) => id)).to.deep.equal([done]);
      expect((await queue.claim(claim, signal)).map(({ id }) => id)).to.deep.equal([written]);
      expect(await database.source.query('SELECT FROM lockstep_tickets.tickets')).to.deep.equal([]);
      expect(await database.source.query('SELECT FROM bullmq.job')).to.deep.equal([]);
    }),
  );

  it(
    'goes by priority, however long others have waited',
    t.test(async ({ engine, submit, clock, signal }) => {
      const { queue } = engine();
      const patient = await submit({ priority: 0, dueAt: new Date(clock.now().getTime() - 3_600_000) });
      const urgent = await submit({ priority: 9 });

      const order = [];
      for (const _ of [1, 2]) order.push(...(await queue.claim({ ...claim, limit: 1 }, signal)));

      expect(order.map(({ id }) => id)).to.deep.equal([urgent, patient]);
    }),
  );

  it(
    'puts no ticket into BullMQ while the scheduler is paused',
    t.test(async ({ engine, submit, clock, database, signal }) => {
      const { queue, control } = engine();
      await queue.claim(claim, signal);
      await submit();
      await control.pause('ada', signal);
      await clock.advance(1_000);

      const none = await queue.claim(claim, signal);

      const untouched = 'SELECT FROM lockstep_tickets.tickets WHERE issue_at = (SELECT due_at FROM jobs)';
      expect(none).to.deep.equal([]);
      expect(await database.source.query(untouched)).to.have.lengthOf(1);
      await control.resume(signal);
      expect(await queue.claim(claim, signal)).to.have.lengthOf(1);
    }),
  );

  it(
    'leaves nothing behind when its schema is dropped: the jobs are those of the database',
    t.test(async ({ engine, submit, database, own, signal }) => {
      await engine().queue.claim(claim, signal);
      const before = await submit();
      await database.source.query('DROP SCHEMA lockstep_tickets CASCADE');

      const after = await submit();

      expect((await own().claim(claim, signal)).map(({ id }) => id)).to.deep.equal([before, after]);
    }),
  );
});

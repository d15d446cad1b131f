import { jobQueueContract } from '#scheduling/application/testing';
import { BullMqJobQueue } from '#scheduling/bullmq';
import { expect } from 'chai';
import { BullMqTest, claim, reissueMs } from './testing/bullmq-test.ts';

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

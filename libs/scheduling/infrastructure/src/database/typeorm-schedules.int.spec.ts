import { ok } from '#kernel';
import { SequentialIds, transactionContract } from '#kernel/testing';
import { schemaDrift } from '#platform/database';
import { JobAdmission } from '#scheduling/application';
import {
  aSchedule,
  scheduleReaderContract,
  schedulesContract,
  transactionOverSchedules,
} from '#scheduling/application/testing';
import { scheduleForecastContract } from '#scheduling/contracts/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { usualCapacity } from './job-places.ts';
import { PostgresJobsWithin } from './postgres-jobs.ts';
import { ClockTime, DatabaseTime } from './queue-time.ts';
import { schedulingSchema } from './scheduling-schema.ts';
import { TypeOrmScheduleForecast } from './typeorm-schedule-forecast.ts';
import { TypeOrmScheduleReader } from './typeorm-schedule-reader.ts';
import { TypeOrmSchedules } from './typeorm-schedules.ts';
import { TypeOrmSchedulesTransaction } from './typeorm-schedules-transaction.ts';

class ScheduleDatabaseTest extends DatabaseTest {
  reader!: TypeOrmScheduleReader;
  forecast!: TypeOrmScheduleForecast;
  transaction!: TypeOrmSchedulesTransaction;

  /** The schedules by another time than the test's. */
  by(time: ClockTime | DatabaseTime): TypeOrmSchedulesTransaction {
    const admission = new JobAdmission({ names: () => ['test.run'] }, new SequentialIds(), this.clock);
    return new TypeOrmSchedulesTransaction(this.database.source, {
      jobs: new PostgresJobsWithin(admission, usualCapacity),
      time,
    });
  }

  protected override schemas() {
    return [schedulingSchema];
  }

  protected override races() {
    return true;
  }

  protected override setUp(): void {
    this.reader = new TypeOrmScheduleReader(this.database.source);
    this.forecast = new TypeOrmScheduleForecast(this.database.source);
    this.transaction = this.by(new ClockTime(this.clock));
  }
}

const t = ScheduleDatabaseTest.install();

describe('Schedules in PostgreSQL', () => {
  schedulesContract.holdsFor(
    TypeOrmSchedules,
    t.opens((test) => test),
  );
  scheduleReaderContract.holdsFor(
    TypeOrmScheduleReader,
    t.opens((test) => test),
  );
  transactionContract.holdsFor(TypeOrmSchedulesTransaction, t.opens(transactionOverSchedules));
  scheduleForecastContract.holdsFor(
    TypeOrmScheduleForecast,
    t.opens(({ forecast, transaction, signal }) => ({
      forecast,
      signal,
      plan: async (type, { scheduleId: id, scheduleName: name, payload, dueAt: nextTick }) => {
        const schedule = aSchedule({ id, name, nextTick, job: { type, payload } });
        await transaction.run(({ schedules }) => schedules.insert(schedule), signal);
      },
    })),
  );

  it(
    'are not expected to do anything while they are paused',
    t.test(async ({ forecast, transaction, signal }) => {
      const paused = aSchedule({ state: 'paused', nextTick: null });
      await transaction.run(({ schedules }) => schedules.insert(paused), signal);

      expect(await forecast.next('test.run', signal)).to.deep.equal([]);
    }),
  );

  it(
    'go by the time of the database, whatever the clock of the process shows',
    t.test(async ({ by, database, signal }) => {
      const told = await by(new DatabaseTime()).run(async ({ schedules }) => ok(await schedules.now()), signal);

      const [row] = await database.source.query<{ is: boolean }[]>(
        `SELECT $1::timestamptz BETWEEN now() - interval '1 minute' AND now() AS is`,
        [told.ok ? told.value : null],
      );
      expect(row).to.deep.equal({ is: true });
    }),
  );

  it(
    'cannot be told to run a tick twice, not even by a statement',
    t.test(async ({ database, transaction, signal }) => {
      const tick = new Date('2026-01-01T01:00:00Z');
      await transaction.run(({ schedules }) => schedules.insert(aSchedule({ nextTick: tick })), signal);

      const failure = await database.source
        .query('UPDATE schedules SET last_tick = next_tick, last_job_id = id')
        .catch((error: unknown) => error);

      expect(failure).to.be.an('error').with.property('message').that.includes('ck_schedules_ticks');
    }),
  );

  it(
    'find their table as its rows describe it',
    t.test(async ({ database }) => {
      expect(await schemaDrift(database.source)).to.deep.equal([]);
    }),
  );
});

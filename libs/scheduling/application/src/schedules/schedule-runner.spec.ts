import { sequentialId, SequentialIds } from '#kernel/testing';
import { StandingSchedule } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import sinon from 'sinon';
import { aSchedule } from '../testing/a-schedule.ts';
import { InMemorySchedulesTransaction } from '../testing/in-memory-schedules-transaction.ts';
import { InMemoryScheduleTable } from '../testing/in-memory-schedule-table.ts';
import { RecordingJournal } from '../testing/recording-journal.ts';
import { RecordingScheduleJournal } from '../testing/recording-schedule-journal.ts';
import { ScheduleRunner } from './schedule-runner.ts';
import { CreateStandingSchedules } from './use-cases/create-standing-schedules.ts';
import { FireDueSchedules } from './use-cases/fire-due-schedules.ts';

const HOUR = 3_600_000;
const nightly = new StandingSchedule({
  name: 'nightly',
  recurrence: { kind: 'daily', at: '23:30' },
  missed: 'once',
  job: { type: 'test.run', payload: null },
});

/** A runner over one schedule that runs every hour. */
class RunnerTest extends AsyncTestBase {
  readonly table = new InMemoryScheduleTable();
  readonly queue = new InMemoryJobs('test.run');
  readonly journal = new RecordingJournal();
  readonly transaction = new InMemorySchedulesTransaction({ table: this.table, clock: this.clock, jobs: this.queue });

  start(): { readonly stop: () => Promise<void> } {
    const { clock, journal, transaction } = this;
    const schedule = aSchedule({ id: sequentialId(9) }).snapshot();
    this.table.put(schedule.id, schedule);
    const fire = new FireDueSchedules(transaction, new RecordingScheduleJournal());
    const create = new CreateStandingSchedules(transaction, new SequentialIds(), [nightly]);
    const duties = { create, fire };
    const runner = new ScheduleRunner(duties, { clock, journal, randomness: { fraction: () => 0.5 }, answerMs: 5_000 });
    const end = new AbortController();
    const running = runner.run(end.signal);
    const stop = (): Promise<void> => {
      end.abort(new Error('told to stop'));
      return clock.runUntil(() => running);
    };
    this.defer(stop);
    return { stop };
  }
}

const t = RunnerTest.install();

describe('ScheduleRunner', () => {
  it(
    'runs each tick within a second of its time, as long as it is not told to stop',
    t.test(async ({ start, clock, queue }) => {
      await clock.advance(30_500);
      const { stop } = start();

      await clock.advance(3 * HOUR + 1_000 - 30_500);
      const whileRunning = queue.submitted.size;
      await stop();
      await clock.advance(3 * HOUR);

      expect([whileRunning, queue.submitted.size]).to.deep.equal([3, 3]);
    }),
  );

  it(
    'goes on when the database fails, and makes up for what it has missed',
    t.test(async ({ start, clock, queue, table, transaction, journal }) => {
      const run = sinon.stub(transaction, 'run').rejects(new Error('connection refused'));
      start();
      await clock.advance(HOUR + 60_000);
      run.restore();

      await clock.advance(6_000);

      expect(queue.submitted.size).to.equal(1);
      const standing = table.all().find(({ name }) => name === 'nightly');
      expect(standing?.nextTick).to.deep.equal(new Date('2026-01-01T23:30:00Z'));
      const pauses = journal.events.flatMap((event) => (event.kind === 'QueueFailed' ? [event.retryInMs] : []));
      expect(pauses.slice(0, 4)).to.deep.equal([50, 100, 200, 400]);
    }),
  );

  it(
    'gives up a database that does not answer, and asks again',
    t.test(async ({ start, clock, queue, transaction }) => {
      const run = sinon.stub(transaction, 'run').returns(new Promise(() => {}));
      start();
      await clock.advance(HOUR);
      const isAborted = run.firstCall.args[1].aborted;
      run.restore();

      await clock.advance(20_000);

      expect([isAborted, queue.submitted.size]).to.deep.equal([true, 1]);
    }),
  );
});

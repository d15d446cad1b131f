import { contract, expectOk, sequentialId } from '#kernel/testing';
import { Schedule, type ScheduleSnapshot } from '#scheduling/domain';
import { expect } from 'chai';
import { ScheduleReader, type SchedulePage } from '../schedules/ports/schedule-reader.ts';
import type { SchedulesTransaction } from '../schedules/ports/schedules-transaction.ts';
import { viewOf } from '../schedules/schedule-view.ts';
import { aSchedule } from './a-schedule.ts';

export type ScheduleReaderUnderTest = {
  readonly reader: ScheduleReader;
  readonly transaction: SchedulesTransaction;
  /** The test's. */
  readonly signal: AbortSignal;
};

function start({ reader, transaction, signal }: ScheduleReaderUnderTest) {
  const insert = async (...facts: Partial<ScheduleSnapshot>[]) => {
    for (const [index, fact] of facts.entries()) {
      const schedule = aSchedule({ id: sequentialId(index + 1), ...fact });
      expectOk(await transaction.run(({ schedules }) => schedules.insert(schedule), signal));
    }
  };
  const names = async (page: Partial<SchedulePage>) =>
    (await reader.page({ limit: 10, ...page }, signal)).map(({ name }) => name);
  return { reader, signal, insert, names };
}

/** What every {@link ScheduleReader} promises about what a transaction has committed. */
export const scheduleReaderContract = contract(ScheduleReader, (open: () => ScheduleReaderUnderTest) => {
  it('shows a schedule as it is, with its recurrence in words', async () => {
    const { reader, insert, signal } = start(open());
    await insert({});

    const found = await reader.find(sequentialId(1), signal);
    const [listed] = await reader.page({ limit: 1 }, signal);

    const expected = viewOf(Schedule.restore(aSchedule().snapshot()));
    expect([found, listed]).to.deep.equal([expected, expected]);
    expect(found?.inWords).to.equal('by cron "0 * * * *" UTC');
  });

  it('finds nothing where there is no schedule', async () => {
    const { reader, signal } = start(open());

    expect(await reader.find(sequentialId(9), signal)).to.equal(null);
  });

  it('goes by name, from the one it was given, character by character', async () => {
    const { insert, names } = start(open());
    await insert({ name: 'b' }, { name: 'B' }, { name: 'a' }, { name: 'a-1' }, { name: 'a1' });

    expect(await names({})).to.deep.equal(['B', 'a', 'a-1', 'a1', 'b']);
    expect(await names({ after: 'a', limit: 2 })).to.deep.equal(['a-1', 'a1']);
    expect(await names({ after: 'aa' })).to.deep.equal(['b']);
  });

  it('shows those in one state, or of one type of job', async () => {
    const { insert, names } = start(open());
    const job = { type: 'test.other', payload: null };
    await insert({ name: 'a' }, { name: 'b', state: 'paused', nextTick: null }, { name: 'c', job });

    expect(await names({ state: 'paused' })).to.deep.equal(['b']);
    expect(await names({ jobType: 'test.run' })).to.deep.equal(['a', 'b']);
    expect(await names({ state: 'active', jobType: 'test.other' })).to.deep.equal(['c']);
  });

  it('does not read for a caller that has stopped', async () => {
    const { reader } = start(open());
    const stopped = new Error('stopped by the caller');
    const aborted = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      reader.find(sequentialId(1), aborted),
      reader.page({ limit: 1 }, aborted),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected]);
  });
});

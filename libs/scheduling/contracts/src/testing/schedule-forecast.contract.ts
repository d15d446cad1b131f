import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { ScheduleForecast, type ExpectedJob } from '../schedule-forecast.ts';

export type ScheduleForecastUnderTest = {
  readonly forecast: ScheduleForecast;
  /** Lets there be an active schedule without jitter, whose next job of type `jobType` is this one. */
  readonly plan: (jobType: string, job: ExpectedJob) => Promise<void>;
  /** The test's. */
  readonly signal: AbortSignal;
};

/** The forecast of a schedule that is numbered like the minute of its next job. */
function expected(minute: number): ExpectedJob {
  return {
    scheduleId: sequentialId(minute),
    scheduleName: `plan ${minute}`,
    payload: { minute },
    dueAt: new Date(Date.UTC(2030, 0, 1, 0, minute)),
  };
}

/** What every {@link ScheduleForecast} promises. */
export const scheduleForecastContract = contract(ScheduleForecast, (open: () => ScheduleForecastUnderTest) => {
  it('tells the next job of each schedule of the type, the soonest first', async () => {
    const { forecast, plan, signal } = open();
    for (const minute of [30, 10, 20]) await plan('test.run', expected(minute));

    const jobs = await forecast.next('test.run', signal);

    expect(jobs).to.deep.equal([expected(10), expected(20), expected(30)]);
  });

  it('leaves out jobs of other types', async () => {
    const { forecast, plan, signal } = open();
    await plan('test.run', expected(10));
    await plan('test.other', expected(20));

    const jobs = await forecast.next('test.other', signal);

    expect(jobs).to.deep.equal([expected(20)]);
  });

  it('expects nothing where nothing is planned', async () => {
    const { forecast, signal } = open();

    expect(await forecast.next('test.run', signal)).to.deep.equal([]);
  });

  it('does not read for a caller that has stopped', async () => {
    const { forecast } = open();
    const stopped = new Error('stopped by the caller');

    const outcome = await forecast.next('test.run', AbortSignal.abort(stopped)).catch((error: unknown) => error);

    expect(outcome).to.equal(stopped);
  });
});

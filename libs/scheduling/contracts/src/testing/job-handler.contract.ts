import { contract, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { JobHandler, type JobAttempt } from '../job-handler.ts';
import { jobRun } from './job-run.ts';

export type JobHandlerUnderTest = {
  readonly handler: JobHandler;
  /** An attempt that succeeds. */
  readonly attempt: JobAttempt;
  /** Makes all that is handled from now on wait, and never come to an end by itself. */
  readonly stall: () => void;
};

/** What every {@link JobHandler} promises, whatever its jobs are about. */
export const jobHandlerContract = contract(JobHandler, (open: () => JobHandlerUnderTest) => {
  it('handles the type that it says', async () => {
    const { handler, attempt } = open();

    expectOk(await handler.handle(attempt, jobRun()));

    expect(attempt.type).to.equal(handler.type);
  });

  it('answers a result that survives being stored', async () => {
    const { handler, attempt } = open();

    const result = expectOk(await handler.handle(attempt, jobRun()));

    expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result);
  });

  it('ends when its attempt is stopped', async () => {
    const { handler, attempt, stall } = open();
    const stop = new AbortController();
    stall();

    const handling = handler.handle(attempt, jobRun(stop.signal)).catch((reason: unknown) => reason);
    stop.abort(new Error('the lease is lost'));

    expect(await handling).to.exist;
  });
});

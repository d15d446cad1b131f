import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { JobId } from '../jobs.ts';
import { UnfinishedJobs } from '../unfinished-jobs.ts';

export type UnfinishedJobsUnderTest = {
  readonly unfinished: UnfinishedJobs;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Submits a job and brings it there. */
  readonly job: (state: 'waiting' | 'running' | 'ended') => Promise<JobId>;
};

/** What every {@link UnfinishedJobs} promises. */
export const unfinishedJobsContract = contract(UnfinishedJobs, (open: () => UnfinishedJobsUnderTest) => {
  it('are those that wait and that run, of the jobs that are asked about', async () => {
    const { unfinished, job, signal } = open();
    // One after the other: each is claimed while no other job waits.
    const [ended, running, waiting] = [await job('ended'), await job('running'), await job('waiting')];
    await job('waiting');

    const among = await unfinished.among([ended, waiting, sequentialId(999_999), running], signal);

    expect(among.toSorted()).to.deep.equal([running, waiting].toSorted());
  });

  it('are none of none', async () => {
    const { unfinished, signal } = open();

    expect(await unfinished.among([], signal)).to.deep.equal([]);
  });

  it('are not looked for by a caller that has stopped', async () => {
    const { unfinished } = open();
    const stopped = new Error('stopped by the caller');

    const answer = await unfinished.among([], AbortSignal.abort(stopped)).catch((error: unknown) => error);

    expect(answer).to.equal(stopped);
  });
});

import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { JobNotices, type JobNotice } from '../ports/job-notices.ts';
import { startQueue, type QueueUnderTest } from './queue-under-test.ts';

export type NoticesUnderTest = QueueUnderTest & {
  readonly notices: JobNotices;
  readonly until: (what: string, probe: () => Promise<boolean>) => Promise<void>;
};

/** What every {@link JobNotices} promises. */
export const jobNoticesContract = contract(JobNotices, (open: () => NoticesUnderTest) => {
  it('tells what happens to jobs and which are to be cancelled, until it is stopped', async () => {
    const under = open();
    const { notices, queue, until, signal } = under;
    const { submit, claimOne } = startQueue(under);
    const [heard, stop]: [JobNotice[], AbortController] = [[], new AbortController()];
    const listening = notices.listen((notice) => void heard.push(notice), stop.signal);
    // Whether it listens already cannot be seen but by what it hears.
    let id = await submit();
    await until('the first notice', async () => heard.length > 0 || ((id = await submit()), false));

    const job = await claimOne();
    await queue.cancel({ id: job.id, by: 'ada', reason: null }, signal);
    await until('the cancellation', async () => heard.some(({ about }) => about === 'cancel'));
    stop.abort();
    await listening;
    const count = heard.length;
    await submit();

    expect(heard).to.deep.include({ about: 'cancel', id: job.id });
    expect(heard).to.deep.include({ about: 'change', id });
    expect(heard.length).to.equal(count);
  });

  it('hears nothing when it was stopped before', async () => {
    const { notices } = open();

    await notices.listen(() => expect.fail('It heard something.'), AbortSignal.abort());
  });
});

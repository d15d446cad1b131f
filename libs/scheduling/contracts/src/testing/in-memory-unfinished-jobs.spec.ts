import { expectOk, InMemoryTransaction } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryJobs } from './in-memory-jobs.ts';
import { InMemoryUnfinishedJobs } from './in-memory-unfinished-jobs.ts';
import { unfinishedJobsContract } from './unfinished-jobs.contract.ts';

const t = AsyncTestBase.install();

unfinishedJobsContract.holdsFor(
  InMemoryUnfinishedJobs,
  t.opens(({ signal }) => {
    const jobs = new InMemoryJobs('test.run');
    const job = async (state: 'waiting' | 'running' | 'ended') => {
      const submit = InMemoryTransaction.run(
        ({ open }) => jobs.join(open).submit({ type: 'test.run', payload: null }),
        { signal },
      );
      const id = expectOk(await submit);
      if (state !== 'waiting') jobs.claim(id);
      if (state === 'ended') jobs.end(id);
      return id;
    };
    return { unfinished: new InMemoryUnfinishedJobs(jobs), signal, job };
  }),
);

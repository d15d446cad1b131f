import { InMemoryTransaction } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryJobs } from './in-memory-jobs.ts';
import { jobsWithinContract } from './jobs.contract.ts';

const t = AsyncTestBase.install();

jobsWithinContract.holdsFor(
  InMemoryJobs,
  t.opens(({ signal }) => {
    const capacity = 8;
    const jobs = Object.assign(new InMemoryJobs('test.run'), { capacity });
    return {
      jobs,
      capacity,
      signal,
      inTransaction: (work, until) => InMemoryTransaction.run(({ open }) => work(open), { signal: until }),
      find: async (id) => jobs.submitted.get(id) ?? null,
      count: async () => jobs.submitted.size,
      claim: async () => {
        const waiting = [...jobs.submitted.keys()].find((id) => jobs.progressOf(id).state === 'waiting');
        return waiting === undefined ? null : jobs.claim(waiting);
      },
      end: async ({ jobId }) => jobs.end(jobId),
      takeBack: async ({ jobId }) => jobs.takeBack(jobId),
    };
  }),
);

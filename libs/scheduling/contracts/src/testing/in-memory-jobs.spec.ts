import { InMemoryTransaction } from '#kernel/testing';
import { InMemoryJobs } from './in-memory-jobs.ts';
import { jobsWithinContract } from './jobs.contract.ts';

jobsWithinContract.holdsFor(InMemoryJobs, () => {
  const jobs = new InMemoryJobs('test.run');
  return {
    jobs,
    inTransaction: (work, signal) => InMemoryTransaction.run((transaction) => work(transaction.open), { signal }),
    find: async (id) => jobs.submitted.get(id) ?? null,
    count: async () => jobs.submitted.size,
    claim: async () => {
      const waiting = [...jobs.submitted.keys()].find((id) => jobs.progressOf(id).state === 'waiting');
      return waiting === undefined ? null : jobs.claim(waiting);
    },
    end: async ({ jobId }) => jobs.end(jobId),
    takeBack: async ({ jobId }) => jobs.takeBack(jobId),
  };
});

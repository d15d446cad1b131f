import { ManualClock, SequentialIds } from '#kernel/testing';
import { JobAdmission } from '../job-admission.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobsWithin } from './in-memory-jobs.ts';
import { InMemoryTransaction } from './in-memory-transaction.ts';
import { itBehavesLikeAJobQueue } from './job-queue.contract.ts';
import { itBehavesLikeAJobReader } from './job-reader.contract.ts';
import { itBehavesLikeJobsWithin, type JobsUnderTest } from './jobs.contract.ts';

function open(): JobsUnderTest {
  const clock = new ManualClock();
  const table = new InMemoryJobTable();
  const admission = new JobAdmission({ names: () => ['test.run'] }, new SequentialIds(), clock);
  return {
    clock,
    queue: new InMemoryJobQueue(clock, table),
    reader: new InMemoryJobReader(table),
    jobs: new InMemoryJobsWithin(table, admission),
    inTransaction: async (work) => {
      const transaction = new InMemoryTransaction();
      try {
        const outcome = await work(transaction.open);
        transaction.end('kept');
        return outcome;
      } catch (error) {
        transaction.end('undone');
        throw error;
      }
    },
  };
}

describe('InMemoryJobQueue', () => itBehavesLikeAJobQueue(open));
describe('InMemoryJobReader', () => itBehavesLikeAJobReader(open));
describe('InMemoryJobsWithin', () => itBehavesLikeJobsWithin(open));

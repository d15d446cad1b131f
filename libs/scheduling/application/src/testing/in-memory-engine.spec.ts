import { ManualClock, SequentialIds } from '#kernel/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { itBehavesLikeJobsWithin } from '#scheduling/contracts/testing';
import { JobAdmission } from '../job-admission.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobsWithin } from './in-memory-jobs.ts';
import { itBehavesLikeAJobQueue } from './job-queue.contract.ts';
import { itBehavesLikeAJobReader } from './job-reader.contract.ts';
import { jobsOf, type EngineUnderTest } from './jobs-of-engine.ts';

function open(): EngineUnderTest {
  const clock = new ManualClock();
  const table = new InMemoryJobTable();
  const admission = new JobAdmission({ names: () => ['test.run'] }, new SequentialIds(), clock);
  return {
    clock,
    queue: new InMemoryJobQueue(clock, table),
    reader: new InMemoryJobReader(table),
    jobs: new InMemoryJobsWithin(table, admission),
    inTransaction: (work, signal) => InMemoryTransaction.run((transaction) => work(transaction.open), { signal }),
  };
}

describe('InMemoryJobQueue', () => itBehavesLikeAJobQueue(open));
describe('InMemoryJobReader', () => itBehavesLikeAJobReader(open));
describe('InMemoryJobsWithin', () => itBehavesLikeJobsWithin(() => jobsOf(open())));

import { ManualClock, SequentialIds } from '#kernel/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { jobsWithinContract } from '#scheduling/contracts/testing';
import { JobAdmission } from '../job-admission.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobsWithin } from './in-memory-jobs.ts';
import { jobQueueContract } from './job-queue.contract.ts';
import { jobReaderContract } from './job-reader.contract.ts';
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

jobQueueContract.holdsFor(InMemoryJobQueue, open);
jobReaderContract.holdsFor(InMemoryJobReader, open);
jobsWithinContract.holdsFor(InMemoryJobsWithin, () => jobsOf(open()));

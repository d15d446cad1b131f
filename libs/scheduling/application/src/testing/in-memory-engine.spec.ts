import { InMemoryTransaction, SequentialIds } from '#kernel/testing';
import { jobsWithinContract } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { JobAdmission } from '../job-admission.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemorySchedulerControl, InMemoryWorkerRegistry } from './in-memory-scheduler.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobsWithin } from './in-memory-jobs.ts';
import { jobQueueContract } from './job-queue.contract.ts';
import { jobReaderContract } from './job-reader.contract.ts';
import { jobsOf, type EngineUnderTest } from './jobs-of-engine.ts';

class InMemoryEngineTest extends AsyncTestBase {
  engine(): EngineUnderTest {
    const { clock, signal } = this;
    const capacity = 50;
    const table = Object.assign(new InMemoryJobTable(), { capacity });
    const admission = new JobAdmission({ names: () => ['test.run'] }, new SequentialIds(), clock);
    return {
      clock,
      signal,
      capacity,
      queue: new InMemoryJobQueue(clock, table),
      control: new InMemorySchedulerControl(clock, table, new InMemoryWorkerRegistry(clock)),
      reader: new InMemoryJobReader(table),
      jobs: new InMemoryJobsWithin(table, admission),
      inTransaction: (work, until) => InMemoryTransaction.run(({ open }) => work(open), { signal: until }),
    };
  }
}

const t = InMemoryEngineTest.install();
const open = t.opens(({ engine }) => engine());

jobQueueContract.holdsFor(InMemoryJobQueue, open);
jobReaderContract.holdsFor(InMemoryJobReader, open);
jobsWithinContract.holdsFor(
  InMemoryJobsWithin,
  t.opens(({ engine }) => jobsOf(engine())),
);

import { AsyncTestBase } from '#testing/lifecycle';
import { sequentialId } from '#kernel/testing';
import type { JobId } from '#scheduling/domain';
import { aSchedule } from './a-schedule.ts';
import { endedJobsContract } from './ended-jobs.contract.ts';
import { InMemoryEndedJobs } from './in-memory-ended-jobs.ts';
import { InMemoryScheduleTable } from './in-memory-schedule-table.ts';
import { InMemoryJobHistory } from './in-memory-job-history.ts';
import { InMemoryJobQueue } from './in-memory-job-queue.ts';
import { InMemoryJobReader } from './in-memory-job-reader.ts';
import { InMemoryJobTable } from './in-memory-job-table.ts';
import { InMemoryJobNotices, InMemorySchedulerControl, InMemoryWorkerRegistry } from './in-memory-scheduler.ts';
import { jobHistoryContract } from './job-history.contract.ts';
import { jobNoticesContract } from './job-notices.contract.ts';
import { schedulerControlContract, workerRegistryContract } from './scheduler-control.contract.ts';

class InMemorySchedulerTest extends AsyncTestBase {
  scheduler() {
    const { clock, signal } = this;
    const table = new InMemoryJobTable();
    const schedules = new InMemoryScheduleTable();
    const registry = new InMemoryWorkerRegistry(clock);
    return {
      ...{ clock, signal, registry, capacity: table.capacity },
      queue: new InMemoryJobQueue(clock, table),
      reader: new InMemoryJobReader(table),
      control: new InMemorySchedulerControl(clock, table, registry),
      history: new InMemoryJobHistory(table),
      ended: new InMemoryEndedJobs(clock, table, schedules),
      scheduled: async (jobId: JobId) => {
        const lastRun = { tick: clock.now(), jobId };
        schedules.put(sequentialId(1), aSchedule({ lastRun }).snapshot());
      },
      notices: new InMemoryJobNotices(table),
      until: (what: string, probe: () => Promise<boolean>) => this.eventually({ what, probe }).then(() => undefined),
    };
  }
}

const t = InMemorySchedulerTest.install();
const open = t.opens(({ scheduler }) => scheduler());

endedJobsContract.holdsFor(InMemoryEndedJobs, open);
jobHistoryContract.holdsFor(InMemoryJobHistory, open);
jobNoticesContract.holdsFor(InMemoryJobNotices, open);
schedulerControlContract.holdsFor(InMemorySchedulerControl, open);
workerRegistryContract.holdsFor(InMemoryWorkerRegistry, open);

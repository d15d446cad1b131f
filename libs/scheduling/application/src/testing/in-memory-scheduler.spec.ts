import { AsyncTestBase } from '#testing/lifecycle';
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
    const registry = new InMemoryWorkerRegistry(clock);
    return {
      ...{ clock, signal, registry, capacity: table.capacity },
      queue: new InMemoryJobQueue(clock, table),
      reader: new InMemoryJobReader(table),
      control: new InMemorySchedulerControl(clock, table, registry),
      history: new InMemoryJobHistory(table),
      notices: new InMemoryJobNotices(table),
      until: (what: string, probe: () => Promise<boolean>) => this.eventually({ what, probe }).then(() => undefined),
    };
  }
}

const t = InMemorySchedulerTest.install();
const open = t.opens(({ scheduler }) => scheduler());

jobHistoryContract.holdsFor(InMemoryJobHistory, open);
jobNoticesContract.holdsFor(InMemoryJobNotices, open);
schedulerControlContract.holdsFor(InMemorySchedulerControl, open);
workerRegistryContract.holdsFor(InMemoryWorkerRegistry, open);

import {
  InMemoryJobHistory,
  InMemoryJobNotices,
  InMemoryJobQueue,
  InMemoryJobReader,
  InMemoryJobTable,
} from '#scheduling/application/testing';
import { LiveJobsTest } from './testing/live-jobs-test.ts';
import { liveWorkflows } from './testing/live-workflows.ts';

class InMemoryLiveJobsTest extends LiveJobsTest {
  readonly #table = new InMemoryJobTable();
  readonly #engine = {
    queue: new InMemoryJobQueue(this.clock, this.#table),
    history: new InMemoryJobHistory(this.#table),
    notices: new InMemoryJobNotices(this.#table),
    reader: new InMemoryJobReader(this.#table),
  };
  override readonly engine = () => this.#engine;
}

const t = InMemoryLiveJobsTest.install();

describe('Jobs in memory, followed,', function () {
  this.timeout(10_000);
  liveWorkflows(t);
});

import {
  InMemoryJobHistory,
  InMemoryJobNotices,
  InMemoryJobQueue,
  InMemoryJobTable,
} from '#scheduling/application/testing';
import { FollowedJobsTest } from './testing/followed-jobs-test.ts';
import { liveOrders } from './testing/live-orders.ts';

class InMemoryFollowedJobsTest extends FollowedJobsTest {
  protected override engine() {
    const table = new InMemoryJobTable();
    return {
      queue: new InMemoryJobQueue(this.clock, table),
      history: new InMemoryJobHistory(table),
      notices: new InMemoryJobNotices(table),
    };
  }
}

const t = InMemoryFollowedJobsTest.install();

describe('Jobs in memory, followed in every order,', () => {
  liveOrders(t);
});

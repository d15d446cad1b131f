import { InMemoryJobsTest } from './testing/in-memory-jobs-test.ts';
import { cancelOrders } from './testing/cancel-orders.ts';
import { claimOrders } from './testing/claim-orders.ts';
import { leaseOrders } from './testing/lease-orders.ts';
import { timerOrders } from './testing/timer-orders.ts';

const t = InMemoryJobsTest.install();

describe('Jobs in memory, in every order,', () => {
  claimOrders(t, { complete: true });
  leaseOrders(t, { complete: true });
  timerOrders(t);
  cancelOrders(t);
});

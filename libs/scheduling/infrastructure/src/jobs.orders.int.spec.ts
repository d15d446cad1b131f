import { cancelOrders } from './testing/cancel-orders.ts';
import { claimOrders } from './testing/claim-orders.ts';
import { leaseOrders } from './testing/lease-orders.ts';
import { timerOrders } from './testing/timer-orders.ts';
import { StepwiseJobsTest } from './testing/stepwise-jobs-test.ts';

const t = StepwiseJobsTest.install();

describe('Jobs in PostgreSQL, in every order,', () => {
  claimOrders(t, { switches: 2 });
  leaseOrders(t, { switches: 2 });
  timerOrders(t);
  cancelOrders(t);
});

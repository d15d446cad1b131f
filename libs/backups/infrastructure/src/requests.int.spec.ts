import { PostgresRequestTest } from './testing/postgres-request-test.ts';
import { requestFaults, requestOrders } from './testing/request-scenarios.ts';

const t = PostgresRequestTest.install();

describe('Requests for backups in PostgreSQL, in every order,', () => {
  // Every order is gone through in memory.
  requestOrders(t, { orders: 1, sample: { orders: 16 } });
});

describe('Batches and judgements in PostgreSQL, whatever fails,', () => {
  requestFaults(t);
});

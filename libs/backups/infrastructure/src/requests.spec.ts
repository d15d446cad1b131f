import { InMemoryRequestTest } from './testing/in-memory-request-test.ts';
import { requestFaults, requestOrders } from './testing/request-scenarios.ts';

const t = InMemoryRequestTest.install();

describe('Requests for backups in memory, in every order,', () => {
  requestOrders(t, { complete: true, checkedUpTo: 200 });
});

describe('Batches and judgements in memory, whatever fails,', () => {
  requestFaults(t);
});

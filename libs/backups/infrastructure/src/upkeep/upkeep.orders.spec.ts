import { InMemoryUpkeepTest } from '../testing/in-memory-upkeep-test.ts';
import { upkeepOrders } from '../testing/upkeep-orders.ts';

const t = InMemoryUpkeepTest.install();

describe('Backups and upkeep in memory, in every order,', () => {
  const all = { complete: true, checkedUpTo: 100 };
  upkeepOrders(t, { sweeping: all, others: all });
});

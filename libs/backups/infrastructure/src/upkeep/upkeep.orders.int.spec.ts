import { PostgresBackupTest } from '../testing/postgres-backup-test.ts';
import { upkeepOrders } from '../testing/upkeep-orders.ts';

const t = PostgresBackupTest.install();

describe('Backups and upkeep in PostgreSQL and files, in every order,', () => {
  // The keys are checked against all orders in memory, where that is cheap.
  upkeepOrders(t, { sweeping: { complete: true, checkedUpTo: 0 }, others: { orders: 1, sample: { orders: 6 } } });
});

import { backupOrders } from './testing/backup-orders.ts';
import { PostgresBackupTest } from './testing/postgres-backup-test.ts';

const t = PostgresBackupTest.install();

describe('Backups in PostgreSQL and files, in every order,', () => {
  // The keys are checked against all orders in memory, where that is cheap, and three at once are gone through completely there.
  backupOrders(t, { ofTwo: { complete: true, checkedUpTo: 0 }, ofThree: { orders: 1, sample: { orders: 24 } } });
});

import type { EveryOrderOptions } from '#testing/order';
import { backupOrders } from './testing/backup-orders.ts';
import { InMemoryBackupTest } from './testing/in-memory-backup-test.ts';

const t = InMemoryBackupTest.install();

describe('Backups in memory, in every order,', () => {
  const all: EveryOrderOptions = { complete: true, checkedUpTo: 100 };
  backupOrders(t, { ofTwo: all, ofThree: all });
});

import { PostgresBackupTest } from '../testing/postgres-backup-test.ts';
import { upkeepFaults } from '../testing/upkeep-faults.ts';

const t = PostgresBackupTest.install();

describe('Upkeep in PostgreSQL and files, whatever fails,', () => {
  // The others end in what these do, as they show in memory.
  upkeepFaults(t, ['fails-after', 'crashes-before']);
});

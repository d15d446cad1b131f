import { PostgresBackupTest } from '../testing/postgres-backup-test.ts';
import { upkeepFaults } from '../testing/upkeep-faults.ts';

const t = PostgresBackupTest.install();

describe('Upkeep in PostgreSQL and files, whatever fails,', () => {
  // Of the others, memory tells as much.
  upkeepFaults(t, ['crashes-before']);
});

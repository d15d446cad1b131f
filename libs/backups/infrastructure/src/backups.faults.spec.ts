import { backupFaults } from './testing/backup-faults.ts';
import { InMemoryBackupTest } from './testing/in-memory-backup-test.ts';

const t = InMemoryBackupTest.install();

describe('Backups in memory, whatever fails,', () => {
  backupFaults(t);
});

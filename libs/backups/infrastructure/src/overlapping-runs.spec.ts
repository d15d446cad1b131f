import { InMemoryBackupTest } from './testing/in-memory-backup-test.ts';
import { overlappingRuns } from './testing/overlapping-runs.ts';

const t = InMemoryBackupTest.install();

describe('Overlapping runs in memory', () => {
  overlappingRuns(t);
});

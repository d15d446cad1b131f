import { StoredContents, VerificationReader } from '#backups/application';
import { InMemoryVerificationReader } from '#backups/application/testing';
import { InMemoryBackupTest } from './in-memory-backup-test.ts';

/** As {@link InMemoryBackupTest}, for those who look after the store as well. */
export class InMemoryUpkeepTest extends InMemoryBackupTest {
  protected override setUp(): void {
    super.setUp();
    this.override(StoredContents, this.store);
    this.override(VerificationReader, new InMemoryVerificationReader(this.committed));
  }
}

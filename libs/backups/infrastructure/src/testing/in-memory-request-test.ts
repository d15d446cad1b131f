import { BackupsTransaction, BackupStatusReader } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryBackupStatusReader,
  InMemoryVersionReader,
} from '#backups/application/testing';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { RequestTest } from './request-test.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

export class InMemoryRequestTest extends RequestTest {
  protected override setUp(): void {
    const { jobs, outbox } = this;
    const statuses = new InMemoryBackupStatusReader();
    this.override(BackupStatusReader, statuses);
    this.override(
      BackupsTransaction,
      new InMemoryBackupsTransaction(new InMemoryVersionReader(), jobs, { statuses, outbox }),
    );
  }

  protected modules() {
    return [backupsWorkerModule({ storeDirectory: '/nowhere', masterKey }), surroundingsModule(this)];
  }
}

import type { BackupsStores, BackupsTransaction } from '#backups/application';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type { OutboxWithin } from '#notifications/contracts';
import type { JobsWithin } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import { PostgresContentFence } from './postgres-content-fence.ts';
import { PostgresVerifications } from './postgres-verifications.ts';
import { TypeOrmBackupStatuses } from './typeorm-backup-statuses.ts';
import { TypeOrmVersions } from './typeorm-versions.ts';

export class TypeOrmBackupsTransaction extends TypeOrmTransaction<BackupsStores> implements BackupsTransaction {
  constructor(source: DataSource, jobs: JobsWithin, outbox: OutboxWithin) {
    super(source, (manager) => ({
      versions: new TypeOrmVersions(manager),
      statuses: new TypeOrmBackupStatuses(manager),
      contents: new PostgresContentFence(manager),
      verifications: new PostgresVerifications(manager),
      jobs: jobs.join(asOpenTransaction(manager)),
      outbox: outbox.join(asOpenTransaction(manager)),
    }));
  }
}

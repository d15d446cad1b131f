import type { DatabaseSchema } from '#platform/database';
import { CreateBackupStatuses1795306000400 } from '../migrations/1795306000400-create-backup-statuses.ts';
import { BackupStatusRow } from './backup-status.row.ts';
import { CreateConfigVersions1795251600300 } from '../migrations/1795251600300-create-config-versions.ts';
import { CreateStoreUpkeep1795306000500 } from '../migrations/1795306000500-create-store-upkeep.ts';
import { VersionRow } from './version.row.ts';

export const backupsSchema: DatabaseSchema = {
  rows: [BackupStatusRow, VersionRow],
  migrations: [CreateConfigVersions1795251600300, CreateBackupStatuses1795306000400, CreateStoreUpkeep1795306000500],
};

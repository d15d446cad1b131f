import type { DatabaseSchema } from '#platform/database';
import { CreateConfigVersions1795251600300 } from '../migrations/1795251600300-create-config-versions.ts';
import { CreateStoreUpkeep1795306000500 } from '../migrations/1795306000500-create-store-upkeep.ts';
import { VersionRow } from './version.row.ts';

export const backupsSchema: DatabaseSchema = {
  rows: [VersionRow],
  migrations: [CreateConfigVersions1795251600300, CreateStoreUpkeep1795306000500],
};

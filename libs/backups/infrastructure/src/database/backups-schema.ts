import type { DatabaseSchema } from '#platform/database';
import { CreateConfigVersions1795251600300 } from '../migrations/1795251600300-create-config-versions.ts';
import { VersionRow } from './version.row.ts';

export const backupsSchema: DatabaseSchema = {
  rows: [VersionRow],
  migrations: [CreateConfigVersions1795251600300],
};

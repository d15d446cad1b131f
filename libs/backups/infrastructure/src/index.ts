export type { BackupsOptions } from './backup-stores.module.ts';
export { backupsModule } from './backups.module.ts';
export { backupsWorkerModule } from './backups-worker.module.ts';
export { backupJobTypes } from './job-payloads.ts';
export { backupsSchema } from './database/backups-schema.ts';
export { SshConfigSource, type CollectionLimits } from './ssh-config-source.ts';

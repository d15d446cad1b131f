import { Transaction } from '#kernel';
import type { Outbox } from '#notifications/contracts';
import type { Jobs } from '#scheduling/contracts';
import type { BackupStatuses } from './backup-statuses.ts';
import type { ContentFence } from './content-fence.ts';
import type { Verifications } from './verifications.ts';
import type { Versions } from './versions.ts';

export type BackupsStores = {
  readonly versions: Versions;
  readonly contents: ContentFence;
  readonly verifications: Verifications;
  readonly statuses: BackupStatuses;
  readonly jobs: Jobs;
  readonly outbox: Outbox;
};

/**
 * One transaction over the versions, the statuses of the devices and the jobs: what an attempt has made exists only with the right
 * to write it, a request as a whole.
 */
export abstract class BackupsTransaction extends Transaction<BackupsStores> {}

import { Transaction } from '#kernel';
import type { Jobs } from '#scheduling/contracts';
import type { ContentFence } from './content-fence.ts';
import type { Verifications } from './verifications.ts';
import type { Versions } from './versions.ts';

export type BackupsStores = {
  readonly versions: Versions;
  readonly contents: ContentFence;
  readonly verifications: Verifications;
  readonly jobs: Jobs;
};

/** One transaction over the versions and the jobs: a version exists only with the right to write it, a request as a whole. */
export abstract class BackupsTransaction extends Transaction<BackupsStores> {}

import type { Campaign } from '../campaign.ts';
import { killedWorkers } from './r1-killed-workers.ts';
import { zombies } from './r3-zombies.ts';
import { liveJobs } from './r4-live-jobs.ts';
import { databaseFailures } from './r5-database-failures.ts';
import { lostAnswers } from './r6-lost-answers.ts';
import { halfOpen } from './r7-half-open.ts';
import { failedTransactions } from './r8-failed-transactions.ts';
import { timeLimits } from './r10-time-limits.ts';
import { partialConfigurations } from './b1-partial-configurations.ts';
import { corruption } from './b5-corruption.ts';
import { hostileDevices } from './b7-hostile-devices.ts';
import { hostKeys } from './b8-host-keys.ts';
import { fairShare } from './b9-fair-share.ts';
import { diskErrors, writePath } from './b2-write-path.ts';
import { cancellation } from './r9-cancellation.ts';
import { capacity } from './r11-capacity.ts';
import { schedules } from './r12-schedules.ts';
import { priorities } from './r13-priority.ts';
import { gracefulStop } from './r18-graceful-stop.ts';

/** All campaigns, in the order in which they run. */
export const campaigns: readonly Campaign[] = [
  killedWorkers,
  zombies,
  liveJobs,
  databaseFailures,
  lostAnswers,
  halfOpen,
  failedTransactions,
  cancellation,
  timeLimits,
  capacity,
  schedules,
  priorities,
  gracefulStop,
  partialConfigurations,
  writePath,
  diskErrors,
  corruption,
  hostileDevices,
  hostKeys,
  fairShare,
];

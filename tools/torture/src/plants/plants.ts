import type { JobNotices, JobQueue, SchedulesTransaction } from '#scheduling/application';
import type { JobHandler, JobsWithin } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import {
  completesAnyLease,
  leaseOfOneHeartbeat,
  rescuesByAge,
  reopensWhatHasEnded,
  stopsAtUnknownType,
} from './spoiled-queues.ts';
import { completesFirst, writesWithoutHold } from './spoiled-handlers.ts';
import { deafNotices, submitsBeside } from './spoiled-schedules.ts';
import { deafToErrors } from './spoiled-sources.ts';
import type { PlantName } from './plant-names.ts';

/** What of a worker a fault takes the place of. A fault that is planted elsewhere, in who submits for example, names nothing. */
export type Plant = {
  readonly queue?: (queue: JobQueue, database: DataSource) => JobQueue;
  readonly handler?: (handler: JobHandler, database: DataSource) => JobHandler;
  readonly notices?: JobNotices;
  readonly schedules?: (
    transaction: SchedulesTransaction,
    jobs: JobsWithin,
    database: DataSource,
  ) => SchedulesTransaction;
  readonly source?: (database: DataSource) => void;
  /** The campaign that has to find it. */
  readonly caughtBy: string;
};

export const plants: Readonly<Record<PlantName, Plant>> = {
  'completion-without-token': { queue: completesAnyLease, caughtBy: 'R3' },
  'effect-without-hold': { handler: writesWithoutHold, caughtBy: 'R3' },
  'complete-before-effect': { handler: completesFirst, caughtBy: 'R1' },
  'rescue-by-age-only': { queue: rescuesByAge, caughtBy: 'R4' },
  'lease-is-heartbeat-period': { queue: leaseOfOneHeartbeat, caughtBy: 'R4' },
  'sweep-without-state-guard': { queue: reopensWhatHasEnded, caughtBy: 'R3' },
  'sweep-stops-at-unknown-type': { queue: stopsAtUnknownType, caughtBy: 'R1' },
  'acknowledge-before-commit': { caughtBy: 'R5' },
  'no-error-listener': { source: deafToErrors, caughtBy: 'R5' },
  'connection-not-released': { caughtBy: 'R8' },
  'notices-dropped': { notices: deafNotices, caughtBy: 'R9' },
  'capacity-by-count': { caughtBy: 'R11' },
  'tick-beside-its-job': { schedules: submitsBeside, caughtBy: 'R12' },
  'write-without-sync': { caughtBy: 'B2' },
  'rename-without-sync': { caughtBy: 'B2' },
  'sync-again-after-failure': { caughtBy: 'B3' },
  'verify-by-size': { caughtBy: 'B5' },
  'partial-is-success': { caughtBy: 'B1' },
  'any-host-key': { caughtBy: 'B8' },
};

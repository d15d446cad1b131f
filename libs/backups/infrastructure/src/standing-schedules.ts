import { FRESHNESS_JOB, sweepStoreJob, verifyStoreJob } from '#backups/application';
import { StandingSchedule } from '#scheduling/contracts';

/** Each night another part of the store, so that every byte of it is read once in so many nights. */
const VERIFIED_IN_NIGHTS = 30;

/** Versions are removed by no schedule but one that people make: only they know what may go. */
export const standingSchedules: readonly StandingSchedule[] = [
  new StandingSchedule({
    name: 'backup freshness',
    recurrence: { kind: 'every', count: 15, unit: 'minutes' },
    missed: 'skip',
    job: { type: FRESHNESS_JOB, payload: {} },
  }),
  new StandingSchedule({
    name: 'store sweep',
    recurrence: { kind: 'daily', at: '01:30' },
    missed: 'once',
    job: sweepStoreJob(),
  }),
  new StandingSchedule({
    name: 'store verification',
    recurrence: { kind: 'daily', at: '02:30' },
    missed: 'once',
    job: verifyStoreJob({ mode: 'bytes', part: null, of: VERIFIED_IN_NIGHTS }),
  }),
];

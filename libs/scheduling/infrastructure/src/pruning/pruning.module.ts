import { EndedJobs, KEEP_DAYS, PRUNE_JOB, PruneJobs } from '#scheduling/application';
import { JobHandler, StandingSchedule } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { PostgresEndedJobs } from '../database/postgres-ended-jobs.ts';
import { QueueTime } from '../database/queue-time.ts';
import { PruneHandler } from './prune-handler.ts';

const everyNight = new StandingSchedule({
  name: 'job pruning',
  recurrence: { kind: 'daily', at: '03:30' },
  missed: 'once',
  job: { type: PRUNE_JOB, payload: { keepDays: KEEP_DAYS }, timeoutMs: 3_600_000 },
});

/** What takes old jobs away each night. */
export function bindPruning({ bind }: ContainerModuleLoadOptions): void {
  bind(EndedJobs)
    .toResolvedValue((source, time) => new PostgresEndedJobs(source, time), [DataSource, QueueTime])
    .inSingletonScope();
  bind(PruneJobs)
    .toResolvedValue((ended) => new PruneJobs(ended), [EndedJobs])
    .inSingletonScope();
  bind(JobHandler)
    .toResolvedValue((prune) => new PruneHandler(prune), [PruneJobs])
    .inSingletonScope();
  bind(StandingSchedule).toConstantValue(everyNight);
}

import { Clock, Ids } from '#kernel';
import { Logger } from '#platform/logging';
import { Randomness, WorkerJournal } from '#scheduling/application';
import { RecordingJournal } from '#scheduling/application/testing';
import { JobType, StandingSchedule } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { QueueTime, type ClockTime } from '../database/queue-time.ts';
import { bindJobs } from '../jobs.module.ts';
import { bindScheduleRunner, bindSchedules, bindScheduleStores } from '../schedules.module.ts';

export type SchedulesSurroundings = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly time: ClockTime;
  /** The types of jobs that there are, whenever somebody asks. The payload `wrong` is one of none of them. */
  readonly jobTypes: readonly string[];
  /** How many jobs may wait. */
  readonly capacity: number;
  /** Left out where nothing is stored in a database. */
  readonly source?: DataSource;
};

const nothing = (): void => {};

const standing = new StandingSchedule({
  name: 'every half hour',
  recurrence: { kind: 'every', count: 30, unit: 'minutes' },
  missed: 'skip',
  job: { type: 'test.run', payload: null, maxAttempts: 1 },
});

/** All that is done with schedules, by people and by the worker, in one process. */
export function schedulesTestModule({ clock, ids, time, source, ...jobs }: SchedulesSurroundings): ContainerModule {
  return new ContainerModule((load) => {
    bindJobs(load, jobs);
    bindScheduleStores(load);
    bindSchedules(load);
    bindScheduleRunner(load, { answerMs: 5_000 });
    const { bind } = load;
    for (const name of jobs.jobTypes) {
      bind(JobType).toConstantValue({ name, problemWith: (payload) => (payload === 'wrong' ? 'is wrong' : null) });
    }
    bind(StandingSchedule).toConstantValue(standing);
    bind(QueueTime).toConstantValue(time);
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    bind(Randomness).toConstantValue({ fraction: () => 0.5 });
    bind(WorkerJournal).toConstantValue(new RecordingJournal());
    bind(Logger).toConstantValue({ debug: nothing, info: nothing, warn: nothing, error: nothing });
    if (source !== undefined) bind(DataSource).toConstantValue(source);
  });
}

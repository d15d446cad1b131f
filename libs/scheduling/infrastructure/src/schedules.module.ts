import { Clock, Ids } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { Logger } from '#platform/logging';
import {
  ChangeSchedule,
  CreateSchedule,
  CreateStandingSchedules,
  FindSchedule,
  FireDueSchedules,
  JobAdmission,
  ListSchedules,
  PauseSchedule,
  PreviewPlan,
  PreviewSchedule,
  Randomness,
  RemoveSchedule,
  ResumeSchedule,
  ScheduleJournal,
  ScheduleReader,
  ScheduleRunner,
  SchedulesTransaction,
  WorkerJournal,
} from '#scheduling/application';
import { JobsWithin, ScheduleForecast, StandingSchedule } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { QueueTime } from './database/queue-time.ts';
import { TypeOrmScheduleForecast } from './database/typeorm-schedule-forecast.ts';
import { TypeOrmScheduleReader } from './database/typeorm-schedule-reader.ts';
import { TypeOrmSchedulesTransaction } from './database/typeorm-schedules-transaction.ts';
import { ScheduleRoutes } from './http/schedule-routes.ts';
import { LoggedScheduleJournal } from './worker/logged-schedule-journal.ts';

/** What people do with schedules. Needs what `bindJobs` and `bindScheduleStores` bind. */
export function bindSchedules({ bind }: ContainerModuleLoadOptions): void {
  bind(ScheduleReader)
    .toResolvedValue((source) => new TypeOrmScheduleReader(source), [DataSource])
    .inSingletonScope();
  bind(CreateSchedule)
    .toResolvedValue(
      (transaction, admission, ids) => new CreateSchedule(transaction, admission, ids),
      [SchedulesTransaction, JobAdmission, Ids],
    )
    .inSingletonScope();
  bind(ChangeSchedule)
    .toResolvedValue(
      (transaction, admission) => new ChangeSchedule(transaction, admission),
      [SchedulesTransaction, JobAdmission],
    )
    .inSingletonScope();
  bind(PauseSchedule)
    .toResolvedValue((transaction) => new PauseSchedule(transaction), [SchedulesTransaction])
    .inSingletonScope();
  bind(ResumeSchedule)
    .toResolvedValue((transaction) => new ResumeSchedule(transaction), [SchedulesTransaction])
    .inSingletonScope();
  bind(RemoveSchedule)
    .toResolvedValue((transaction) => new RemoveSchedule(transaction), [SchedulesTransaction])
    .inSingletonScope();
  bind(FindSchedule)
    .toResolvedValue((reader) => new FindSchedule(reader), [ScheduleReader])
    .inSingletonScope();
  bind(ListSchedules)
    .toResolvedValue((reader) => new ListSchedules(reader), [ScheduleReader])
    .inSingletonScope();
  bind(PreviewSchedule)
    .toResolvedValue((reader) => new PreviewSchedule(reader), [ScheduleReader])
    .inSingletonScope();
  bind(PreviewPlan)
    .toResolvedValue((clock) => new PreviewPlan(clock), [Clock])
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue(
      (create, list, find, change, remove, pause, resume, previewSchedule, previewPlan) =>
        new ScheduleRoutes({ create, list, find, change, remove, pause, resume, previewSchedule, previewPlan }),
      [
        CreateSchedule,
        ListSchedules,
        FindSchedule,
        ChangeSchedule,
        RemoveSchedule,
        PauseSchedule,
        ResumeSchedule,
        PreviewSchedule,
        PreviewPlan,
      ],
    )
    .inSingletonScope();
}

/** What other contexts may ask about schedules. */
export function bindScheduleForecast({ bind }: ContainerModuleLoadOptions): void {
  bind(ScheduleForecast)
    .toResolvedValue((source) => new TypeOrmScheduleForecast(source), [DataSource])
    .inSingletonScope();
}

/** What runs schedules when they are due. Needs what `bindScheduleStores` and the worker's module bind. */
export function bindScheduleRunner(
  { bind }: ContainerModuleLoadOptions,
  { answerMs }: { readonly answerMs: number },
): void {
  bind(ScheduleJournal)
    .toResolvedValue((logger) => new LoggedScheduleJournal(logger), [Logger])
    .inSingletonScope();
  bind(FireDueSchedules)
    .toResolvedValue(
      (transaction, journal) => new FireDueSchedules(transaction, journal),
      [SchedulesTransaction, ScheduleJournal],
    )
    .inSingletonScope();
  bind(CreateStandingSchedules)
    .toResolvedValue(
      (transaction: SchedulesTransaction, ids: Ids, standing: StandingSchedule[] = []) =>
        new CreateStandingSchedules(transaction, ids, standing),
      [SchedulesTransaction, Ids, { isMultiple: true, optional: true, serviceIdentifier: StandingSchedule }],
    )
    .inSingletonScope();
  bind(ScheduleRunner)
    .toResolvedValue(
      (create, fire, clock, randomness, journal) =>
        new ScheduleRunner({ create, fire }, { clock, randomness, journal, answerMs }),
      [CreateStandingSchedules, FireDueSchedules, Clock, Randomness, WorkerJournal],
    )
    .inSingletonScope();
}

/** Where schedules are kept. Needs what `bindJobs` binds, and `QueueTime`. */
export function bindScheduleStores({ bind }: ContainerModuleLoadOptions): void {
  bind(SchedulesTransaction)
    .toResolvedValue(
      (source, jobs, time) => new TypeOrmSchedulesTransaction(source, { jobs, time }),
      [DataSource, JobsWithin, QueueTime],
    )
    .inSingletonScope();
}

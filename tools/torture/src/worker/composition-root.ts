import { Clock, type Transaction } from '#kernel';
import { asOpenTransaction, openDatabase, TypeOrmTransaction } from '#platform/database';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import {
  CancelJob,
  CreateSchedule,
  JobNotices,
  JobQueue,
  SchedulesTransaction,
  WorkerJournal,
} from '#scheduling/application';
import { JobHandler, JobsWithin, JobType, type Jobs } from '#scheduling/contracts';
import { schedulingModule, schedulingSchema, schedulingWorkerModule } from '#scheduling/infrastructure';
import { Container } from 'inversify';
import { DataSource, type EntityManager } from 'typeorm';
import { tallySchema } from '../arena/tally-schema.ts';
import { plants } from '../plants/plants.ts';
import { WORK, type Assignment, type Report } from './assignment.ts';
import { ReportingJournal } from './reporting-journal.ts';
import { WorkHandler, type EffectStores } from './work-handler.ts';

/**
 * The worker as an app composes it, with the work of the campaigns in place of backups, and a journal that tells them. A planted
 * fault takes the place of one of its parts here; no production code knows of any.
 */
export async function composeHarnessWorker(
  { url, settings, plant }: Assignment,
  report: (report: Report) => void,
): Promise<Container> {
  const source = await openDatabase({
    url,
    schemas: [schedulingSchema, tallySchema],
    applicationName: settings.name,
    poolSize: Math.min(settings.concurrency + 4, 20),
    onConnectionLost: () => report({ kind: 'event', event: 'ConnectionLost' }),
  });
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    loggingModule({ level: 'error' }),
    schedulingWorkerModule({ jobTypes: [WORK], worker: settings }),
  );
  container.bind(DataSource).toConstantValue(source);
  container.rebind(WorkerJournal).toConstantValue(new ReportingJournal(report));
  const [clock, jobs] = [container.get(Clock), container.get(JobsWithin)];
  const transaction = effects(source, jobs, settings.name);
  container.bind(JobHandler).toConstantValue(new WorkHandler({ transaction, clock, report }));
  if (plant !== null) spoil(container, plant);
  return container;
}

function effects(source: DataSource, jobs: JobsWithin, worker: string): Transaction<EffectStores> {
  return new TypeOrmTransaction(source, (manager: EntityManager) => ({
    jobs: jobs.join(asOpenTransaction(manager)),
    write: ({ jobId, token }) =>
      manager.query('INSERT INTO tally_effects (job_id, token, worker) VALUES ($1, $2, $3)', [jobId, token, worker]),
  }));
}

function spoil(container: Container, name: keyof typeof plants): void {
  const { queue, handler, source, notices, schedules } = plants[name];
  const database = container.get(DataSource);
  source?.(database);
  if (queue) {
    const spoiled = queue(container.get(JobQueue), database);
    container.rebind(JobQueue).toConstantValue(spoiled);
  }
  if (notices) container.rebind(JobNotices).toConstantValue(notices);
  if (schedules) {
    const spoiled = schedules(container.get(SchedulesTransaction), container.get(JobsWithin), database);
    container.rebind(SchedulesTransaction).toConstantValue(spoiled);
  }
  if (handler) {
    const spoiled = handler(container.get(JobHandler), database);
    container.rebind(JobHandler).toConstantValue(spoiled);
  }
}

/** The other half of the product: what an API does with jobs and schedules. */
export type Api = {
  /** Jobs, each in a transaction of its own. */
  readonly jobs: Transaction<Jobs>;
  readonly cancel: CancelJob;
  readonly createSchedule: CreateSchedule;
};

export function composeApi(source: DataSource, options: { readonly capacity?: number } = {}): Api {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(systemModule(), schedulingModule({ jobTypes: [WORK], ...options }));
  container.bind(DataSource).toConstantValue(source);
  container.bind(JobType).toConstantValue({ name: WORK, problemWith: () => null });
  const within = container.get(JobsWithin);
  return {
    jobs: new TypeOrmTransaction(source, (manager: EntityManager) => within.join(asOpenTransaction(manager))),
    cancel: container.get(CancelJob),
    createSchedule: container.get(CreateSchedule),
  };
}

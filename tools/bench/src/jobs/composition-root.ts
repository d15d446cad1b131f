import { ok, type Transaction } from '#kernel';
import { asOpenTransaction, openDatabase, TypeOrmTransaction } from '#platform/database';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { usualWorkerSettings, WorkerJournal } from '#scheduling/application';
import { JobHandler, JobsWithin, JobType, type Jobs } from '#scheduling/contracts';
import { schedulingModule, schedulingSchema, schedulingWorkerModule } from '#scheduling/infrastructure';
import { Container } from 'inversify';
import { DataSource, type EntityManager } from 'typeorm';

export const WORK = 'bench.work';
/** More than any benchmark submits. */
const capacity = 1_000_000;

export function openJobs(url: string, poolSize = 10): Promise<DataSource> {
  return openDatabase({ url, schemas: [schedulingSchema], applicationName: 'bench', poolSize });
}

/** What another context does to submit a job. */
export function composeSubmitter(source: DataSource): Transaction<Jobs> {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(systemModule(), schedulingModule({ jobTypes: [WORK], capacity }));
  container.bind(DataSource).toConstantValue(source);
  container.bind(JobType).toConstantValue({ name: WORK, problemWith: () => null });
  const within = container.get(JobsWithin);
  return new TypeOrmTransaction(source, (manager: EntityManager) => within.join(asOpenTransaction(manager)));
}

/** The worker as an app composes it, with a handler that does nothing and a journal that tells of every end. */
export function composeBenchWorker(
  source: DataSource,
  { places, name, ended }: { readonly places: number; readonly name: string; readonly ended: () => void },
): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  const worker = { ...usualWorkerSettings, concurrency: places, name };
  container.load(
    systemModule(),
    loggingModule({ level: 'error' }),
    schedulingWorkerModule({ jobTypes: [WORK], worker, capacity }),
  );
  container.bind(DataSource).toConstantValue(source);
  container.bind(JobHandler).toConstantValue({ type: WORK, handle: async () => ok({}) });
  container.rebind(WorkerJournal).toConstantValue({
    record: ({ kind }) => {
      if (kind === 'JobSucceeded') ended();
    },
  });
  return container;
}

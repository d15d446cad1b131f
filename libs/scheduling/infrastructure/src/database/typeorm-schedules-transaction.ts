import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type { SchedulesStores, SchedulesTransaction } from '#scheduling/application';
import type { JobsWithin } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import type { QueueTime } from './queue-time.ts';
import { TypeOrmSchedules } from './typeorm-schedules.ts';

export class TypeOrmSchedulesTransaction extends TypeOrmTransaction<SchedulesStores> implements SchedulesTransaction {
  constructor(source: DataSource, { jobs, time }: { readonly jobs: JobsWithin; readonly time: QueueTime }) {
    super(source, (manager) => ({
      schedules: new TypeOrmSchedules(manager, time),
      jobs: jobs.join(asOpenTransaction(manager)),
    }));
  }
}

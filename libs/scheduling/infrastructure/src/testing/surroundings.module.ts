import { Clock, Ids } from '#kernel';
import { Logger } from '#platform/logging';
import { SchedulerControl } from '#scheduling/application';
import { JobHandler, JobsWithin } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { PostgresSchedulerControl } from '../database/postgres-scheduler-control.ts';
import { QueueTime } from '../database/queue-time.ts';
import { Commits } from './commits.ts';
import { ledgerHandler, LedgerTransaction } from './ledger.ts';
import { postgresLedger } from './postgres-ledger.ts';

export type Surroundings = {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Left out where nothing is stored in a database. */
  readonly source?: DataSource;
};

const nothing = (): void => {};

/** What the worker's module needs from outside, and a handler that keeps a ledger. */
export function surroundingsModule({ clock, ids, source }: Surroundings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    bind(Logger).toConstantValue({ debug: nothing, info: nothing, warn: nothing, error: nothing });
    if (source !== undefined) bind(DataSource).toConstantValue(source);
    bind(SchedulerControl)
      .toResolvedValue((database, time) => new PostgresSchedulerControl(database, time), [DataSource, QueueTime])
      .inSingletonScope();
    bind(Commits).toConstantValue({ commit: async ({ commit }) => commit() });
    bind(LedgerTransaction)
      .toResolvedValue((database, jobs) => postgresLedger(database, jobs), [DataSource, JobsWithin])
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((transaction) => ledgerHandler(transaction), [LedgerTransaction])
      .inSingletonScope();
  });
}

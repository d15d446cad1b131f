import { Clock, Ids } from '#kernel';
import type { OutboxWithin } from '#notifications/contracts';
import { Logger } from '#platform/logging';
import { RecordingLogger } from '#platform/logging/testing';
import { JobsWithin } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { InMemorySubjectTransaction, SubjectTransaction, TypeOrmSubjectTransaction } from './subject-transaction.ts';

export type Surroundings = {
  readonly jobs: JobsWithin;
  readonly outbox: OutboxWithin;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Left out where nothing is to be stored in a database. */
  readonly source?: DataSource;
};

/** What the modules of notifications need from outside, and a context that has something to tell. */
export function surroundingsModule({ jobs, outbox, clock, ids, source }: Surroundings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(JobsWithin).toConstantValue(jobs);
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    bind(Logger).toConstantValue(new RecordingLogger());
    bind(SubjectTransaction).toResolvedValue(() =>
      source === undefined ? new InMemorySubjectTransaction(outbox) : new TypeOrmSubjectTransaction(source, outbox),
    );
    if (source !== undefined) bind(DataSource).toConstantValue(source);
  });
}

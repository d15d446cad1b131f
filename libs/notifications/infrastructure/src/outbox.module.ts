import { Clock, Ids } from '#kernel';
import { OutboxWithin } from '#notifications/contracts';
import { ContainerModule } from 'inversify';
import { PostgresOutbox } from './database/postgres-outbox.ts';

/** What the other contexts' transactions join, in every process that has something to tell. */
export function outboxModule(): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(OutboxWithin)
      .toResolvedValue((ids, clock) => new PostgresOutbox(ids, clock), [Ids, Clock])
      .inSingletonScope();
  });
}

import type { Clock, Ids, OpenTransaction } from '#kernel';
import type { NewEvent, Outbox, OutboxWithin } from '#notifications/contracts';
import { managerOf } from '#platform/database';

/** By hand, because TypeORM writes data that is JSON's null as SQL's NULL. */
const INSERT = 'INSERT INTO events (id, type, subject, data, occurred_at) VALUES ($1, $2, $3, $4, $5)';

export class PostgresOutbox implements OutboxWithin {
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(ids: Ids, clock: Clock) {
    this.#ids = ids;
    this.#clock = clock;
  }

  join(transaction: OpenTransaction): Outbox {
    const manager = managerOf(transaction);
    return {
      record: async ({ type, subject, data }: NewEvent) => {
        const values = [this.#ids.next<'Event'>(), type, subject, JSON.stringify(data), this.#clock.now()];
        await manager.query(INSERT, values);
      },
    };
  }
}

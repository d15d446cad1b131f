import type { Events, EventView } from '#notifications/application';
import type { EntityManager } from 'typeorm';
import { eventIn, type EventRow } from './event.row.ts';

/** Of all that begin to publish in this database. Any number that no other advisory lock has. */
const PUBLISHING = 1_795_306_000;

const LOCK = 'SELECT pg_try_advisory_xact_lock($1) AS locked';

/** A statement of its own, after that of the lock: it sees what the one before has numbered. The join keeps no order, so the last SELECT does. */
const PUBLISH = `
  WITH next AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY recorded) + (SELECT coalesce(max(number), 0) FROM events) AS number
    FROM events WHERE number IS NULL ORDER BY recorded LIMIT $1
  ), published AS (
    UPDATE events SET number = next.number FROM next WHERE events.id = next.id RETURNING events.*
  )
  SELECT id, type, subject, data, occurred_at AS "occurredAt", number FROM published ORDER BY number`;

/**
 * The newest number stays: numbers count on from it. A delivery that begins to wait again in the very moment goes with its event.
 */
const PRUNE = `
  WITH old AS MATERIALIZED (
    SELECT id FROM events
    WHERE occurred_at < $1 AND number < (SELECT max(number) FROM events)
      AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE event_id = events.id AND state = 'waiting')
    ORDER BY occurred_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  DELETE FROM events USING old WHERE events.id = old.id`;

export class PostgresEvents implements Events {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async publish(limit: number): Promise<readonly EventView[] | null> {
    const [{ locked }] = await this.#manager.query<[{ locked: boolean }]>(LOCK, [PUBLISHING]);
    if (!locked) return null;
    const rows = await this.#manager.query<Omit<EventRow, 'recorded'>[]>(PUBLISH, [limit]);
    return rows.map(eventIn);
  }

  async prune(before: Date, limit: number): Promise<number> {
    const [, count] = await this.#manager.query<[rows: unknown[], count: number]>(PRUNE, [before, limit]);
    return count;
  }
}

import type { Json } from '#kernel';
import type { EventView } from '#notifications/application';
import type { EventType } from '#notifications/contracts';
import type { EventId } from '#notifications/domain';
import { EntitySchema } from 'typeorm';

export type EventRow = {
  readonly id: EventId;
  readonly type: EventType;
  readonly subject: string;
  /** JSON; not typed so, because TypeORM's types would follow it down for ever. */
  readonly data: unknown;
  readonly occurredAt: Date;
  /** In the order of the calls of `record`; not that of the commits. */
  readonly recorded: string;
  /** In the order of publication; null until then. */
  readonly number: string | null;
};

export const eventRow = new EntitySchema<EventRow>({
  name: 'Event',
  tableName: 'events',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pk_events' },
    type: { type: 'text' },
    subject: { type: 'text' },
    data: { type: 'json' },
    occurredAt: { name: 'occurred_at', type: 'timestamptz' },
    recorded: { type: 'bigint', generated: 'increment' },
    number: { type: 'bigint', nullable: true },
  },
  indices: [
    { name: 'ix_events_unpublished', columns: ['recorded'], synchronize: false },
    { name: 'ix_events_occurred', columns: ['occurredAt'] },
    { name: 'ux_events_number', columns: ['number'], unique: true },
  ],
});

/** A published event as statements by hand answer it, and as TypeORM does. */
export function eventIn({ id, type, subject, data, occurredAt, number }: Omit<EventRow, 'recorded'>): EventView {
  if (number === null) throw new Error(`The event ${id} has not been published.`);
  return { id, number: Number(number), type, subject, data: data as Json, occurredAt };
}

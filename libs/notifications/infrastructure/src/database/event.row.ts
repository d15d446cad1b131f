import type { EventType } from '#notifications/contracts';
import { EntitySchema } from 'typeorm';

export type EventRow = {
  readonly id: string;
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
    { name: 'ux_events_number', columns: ['number'], unique: true },
  ],
});

export { EVENT_TYPES, Outbox, OutboxWithin, type EventType, type NewEvent } from './outbox.ts';

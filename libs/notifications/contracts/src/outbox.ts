import type { Json, OpenTransaction } from '#kernel';

/** What is told to the outside. Receivers depend on these names: they never change their meaning. */
export const EVENT_TYPES = [
  /** A device has a new version of its configuration. */
  'device.changed',
  /** Backups of a device that used to work have begun to fail. */
  'device.failing',
  /** Backups of a device that was failing work again. */
  'device.recovered',
  /** A device has no recent backup. */
  'device.stale',
  /** A job was given up after all its workers had died or all its attempts had failed. */
  'job.parked',
  /** A stored content is missing or is not what it was. */
  'store.damaged',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export type NewEvent = {
  readonly type: EventType;
  /** What it happened to: the id of a device, a job or a store. */
  readonly subject: string;
  /** What receivers are told. Goes to other systems: nothing secret, and nothing that a device said. */
  readonly data: Json;
};

/**
 * The events that are to be told to the outside, as a store inside another context's transaction: an event leaves when that
 * transaction has committed, and only then.
 *
 * `record` gives the event its id and the present time, adds a row, and waits for nobody. Events of one subject are told in the
 * order in which they were recorded, when their transactions exclude each other at that time (by the lock of the subject's row).
 */
export abstract class Outbox {
  abstract record(event: NewEvent): Promise<void>;
}

/** Joins the outbox to a transaction that another context has begun. */
export abstract class OutboxWithin {
  abstract join(transaction: OpenTransaction): Outbox;
}

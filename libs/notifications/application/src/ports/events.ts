import type { EventType } from '#notifications/contracts';
import type { EventId } from '#notifications/domain';
import type { Json } from '#kernel';

/** An event that has been published. `number` counts from 1. */
export type EventView = {
  readonly id: EventId;
  readonly number: number;
  readonly type: EventType;
  readonly subject: string;
  readonly data: Json;
  readonly occurredAt: Date;
};

/**
 * The recorded events, as a store inside a transaction.
 *
 * `publish` numbers up to `limit` committed events that have no number, in the order in which they were recorded, and answers
 * them. One transaction publishes at a time, until its end: for any other, `publish` answers null at once.
 *
 * Numbers are therefore committed in their order, and whoever reads on from the last number they know misses nothing. No
 * number that is given out at the insert can promise that, be it a serial or the id of a transaction: events commit in another
 * order than they are recorded, and what commits late lies behind a reader who has gone on. (Reading only what is older than every
 * open transaction would do as well, but one transaction that stays open, in any database of the server, would stop all events; and
 * transactions get their ids before they wait for each other, so that of two changes of one device the later can have the
 * smaller id.) What is recorded before and commits after is simply published later.
 *
 * `prune` removes up to `limit` published events that occurred before a time, with their deliveries, unless one still waits, and
 * answers how many.
 */
export abstract class Events {
  abstract publish(limit: number): Promise<readonly EventView[] | null>;
  abstract prune(before: Date, limit: number): Promise<number>;
}

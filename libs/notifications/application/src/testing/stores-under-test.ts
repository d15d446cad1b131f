import { ok } from '#kernel';
import { expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import type { NewEvent } from '#notifications/contracts';
import { Delivery, Subscription, WebhookUrl, type EventId, type SubscriptionId } from '#notifications/domain';
import type { EventView } from '../ports/events.ts';
import type { NotificationsReader } from '../ports/notifications-reader.ts';
import type { NotificationsStores, NotificationsTransaction } from '../ports/notifications-transaction.ts';

export type StoresUnderTest = {
  readonly transaction: NotificationsTransaction;
  readonly reader: NotificationsReader;
  /** Records an event in a transaction of another context, and keeps it when `during` has ended. */
  readonly record: (event: NewEvent, during?: () => Promise<void>) => Promise<void>;
  /** The test's. */
  readonly signal: AbortSignal;
};

export const someTime = new Date('2026-01-01T00:00:00.000Z');
export const later = (milliseconds: number): Date => new Date(someTime.getTime() + milliseconds);
export const changed = (subject: string): NewEvent => ({ type: 'device.changed', subject, data: { version: 1 } });
const ids = new SequentialIds();

/** A boring subscription, of all events but those that are left out. */
export function aSubscription(id: SubscriptionId = sequentialId(1), eventTypes = ['device.changed']): Subscription {
  const url = expectOk(WebhookUrl.parse('https://receiver.example/hook', { insecureLoopback: false }));
  const secret = { keyId: 'some-key', bytes: Uint8Array.of(1, 2, 3) };
  return Subscription.create({ id, url, eventTypes, secret }, someTime);
}

export function aDelivery(eventId: EventId, subscriptionId: SubscriptionId = sequentialId(1), at = someTime): Delivery {
  return Delivery.of({ id: ids.next(), eventId, subscriptionId }, at);
}

/** Does one thing in a transaction of its own. */
export async function alone<T>(
  { transaction, signal }: StoresUnderTest,
  work: (stores: NotificationsStores) => Promise<T>,
): Promise<T> {
  return expectOk(await transaction.run(async (stores) => ok(await work(stores)), signal));
}

/** Records and publishes an event about each of these. */
export async function published(under: StoresUnderTest, ...subjects: readonly string[]): Promise<readonly EventView[]> {
  for (const subject of subjects) await under.record(changed(subject));
  return (await alone(under, ({ events }) => events.publish(100))) ?? [];
}

import type { Result } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { JobsWithin } from '#scheduling/contracts';
import type { NotificationsStores, NotificationsTransaction } from '../ports/notifications-transaction.ts';
import { InMemoryDeliveries } from './in-memory-deliveries.ts';
import { InMemoryEvents } from './in-memory-events.ts';
import { Overlay, type InMemoryNotifications } from './in-memory-notifications.ts';
import { InMemorySubscriptions } from './in-memory-subscriptions.ts';

export class InMemoryNotificationsTransaction implements NotificationsTransaction {
  readonly #stored: InMemoryNotifications;
  readonly #jobs: JobsWithin;

  constructor(stored: InMemoryNotifications, jobs: JobsWithin) {
    this.#stored = stored;
    this.#jobs = jobs;
  }

  run<T, E>(work: (stores: NotificationsStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    return InMemoryTransaction.run((transaction) => work(this.#storesIn(transaction)), {
      keeps: (outcome) => outcome.ok,
      signal,
    });
  }

  #storesIn(transaction: InMemoryTransaction): NotificationsStores {
    const stored = this.#stored;
    const tables = {
      events: new Overlay(stored.events, transaction),
      subscriptions: new Overlay(stored.subscriptions, transaction),
      deliveries: new Overlay(stored.deliveries, transaction),
    };
    const deliveries = new InMemoryDeliveries({ stored, deliveries: tables.deliveries, transaction });
    return {
      deliveries,
      events: new InMemoryEvents({ stored, events: tables.events, deliveries, transaction }),
      subscriptions: new InMemorySubscriptions({
        stored,
        subscriptions: tables.subscriptions,
        deliveries,
        transaction,
      }),
      jobs: this.#jobs.join(transaction.open),
    };
  }
}

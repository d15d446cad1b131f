import { NotificationsReader, NotificationsTransaction } from '#notifications/application';
import {
  InMemoryNotifications,
  InMemoryNotificationsReader,
  InMemoryNotificationsTransaction,
  InMemoryPublishedOutbox,
} from '#notifications/application/testing';
import { surroundingsModule } from './surroundings.module.ts';
import { WiredNotificationsTest } from './wired-notifications-test.ts';

/** The worker's module with a mock for each of its adapters. */
export class InMemoryNotificationsTest extends WiredNotificationsTest {
  readonly #stored = new InMemoryNotifications();

  protected override setUp(): void {
    super.setUp();
    this.override(NotificationsTransaction, new InMemoryNotificationsTransaction(this.#stored, this.jobs));
    this.override(NotificationsReader, new InMemoryNotificationsReader(this.#stored));
  }

  protected override modules() {
    const { jobs, clock, ids } = this;
    const outbox = new InMemoryPublishedOutbox(this.#stored, ids, clock);
    return [...super.modules(), surroundingsModule({ jobs, outbox, clock, ids })];
  }
}

import { ok, Secret } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import {
  DeliverEvent,
  NotificationsReader,
  NotificationsTransaction,
  PublishEvents,
  WebhookSecrets,
  WebhookTransport,
  type Attempted,
} from '#notifications/application';
import { InMemoryWebhookSecrets, InMemoryWebhookTransport } from '#notifications/application/testing';
import type { NewEvent } from '#notifications/contracts';
import {
  Subscription,
  WebhookUrl,
  type AttemptName,
  type DeliverySnapshot,
  type SubscriptionId,
} from '#notifications/domain';
import type { JobId, Lease } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import { notificationsWorkerModule } from '../notifications-worker.module.ts';
import { record, SubjectTransaction } from './subject-transaction.ts';

export const RECEIVER = 'https://receiver.example/hook';
export const changed: NewEvent = { type: 'device.changed', subject: 'core-1', data: { version: 1 } };

/** Notifications as the worker's module wires them, over adapters that a subclass chooses, and a receiver in memory. */
export abstract class WiredNotificationsTest extends ContainerTest {
  readonly ids = new SequentialIds();
  readonly jobs = new InMemoryJobs('notification.deliver');
  readonly transport = new InMemoryWebhookTransport();
  readonly #secrets = new InMemoryWebhookSecrets();

  /** A subscription of all changes of devices. */
  async subscribed(): Promise<SubscriptionId> {
    // Not every test delivers, and an override that nobody asks for is an error.
    await this.get(DeliverEvent);
    const id = this.ids.next<'Subscription'>();
    const url = expectOk(WebhookUrl.parse(RECEIVER, { insecureLoopback: false }));
    const { sealed } = await this.#secrets.issue(id, this.signal);
    const subscription = Subscription.create(
      { id, url, eventTypes: ['device.changed'], secret: sealed },
      this.clock.now(),
    );
    const transaction = await this.get(NotificationsTransaction);
    await transaction.run(async ({ subscriptions }) => {
      await subscriptions.insert(subscription);
      return ok();
    }, this.signal);
    return id;
  }

  async record(event = changed, signal = this.signal): Promise<void> {
    await record(await this.get(SubjectTransaction), event, signal);
  }

  async publish(signal = this.signal) {
    return (await this.get(PublishEvents)).execute({ limit: 10 }, { signal });
  }

  /** A delivery whose first attempt is asked for. */
  async delivery(): Promise<DeliverySnapshot> {
    const id = await this.subscribed();
    await this.record();
    await this.publish();
    const [delivery] = await this.deliveries(id);
    return delivery ?? expect.fail('Expected a delivery.');
  }

  async deliveries(subscriptionId: SubscriptionId): Promise<readonly DeliverySnapshot[]> {
    const reader = await this.get(NotificationsReader);
    return reader.deliveries({ subscriptionId, state: null, before: null, limit: 100 }, this.signal);
  }

  /** The only delivery of the only subscription. */
  async only(): Promise<DeliverySnapshot> {
    const [subscription] = await (await this.get(NotificationsReader)).subscriptions(this.signal);
    const deliveries = subscription === undefined ? [] : await this.deliveries(subscription.id);
    expect(deliveries).to.have.lengthOf(1);
    return deliveries[0]!;
  }

  /** The jobs that were kept, the oldest first. */
  get submitted(): readonly JobId[] {
    return [...this.jobs.submitted.keys()];
  }

  /** Works on a job under its lease. */
  async attempt(lease: Lease, signal = this.signal): Promise<Attempted> {
    const attempt = this.jobs.submitted.get(lease.jobId)?.payload as unknown as AttemptName;
    return (await this.get(DeliverEvent)).execute({ attempt, lease }, { signal });
  }

  protected override setUp(): void {
    this.transport.place(RECEIVER);
    this.override(WebhookTransport, this.transport);
    this.override(WebhookSecrets, this.#secrets);
  }

  protected override modules() {
    const masterKey = new Secret(Buffer.alloc(32).toString('base64'));
    const webhooks = { allowedNetworks: [], allowLoopback: false };
    return [notificationsWorkerModule({ masterKey, webhooks })];
  }
}

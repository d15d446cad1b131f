import { Secret } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import {
  ChangeWebhook,
  FindWebhook,
  ListDeliveries,
  ListEvents,
  ListWebhooks,
  PublishEvents,
  RedeliverEvent,
  RemoveWebhook,
  RotateWebhookSecret,
  SubscribeWebhook,
  TestWebhook,
} from '#notifications/application';
import {
  InMemoryNotifications,
  InMemoryNotificationsReader,
  InMemoryNotificationsTransaction,
  InMemoryPublishedOutbox,
  InMemoryWebhookTransport,
} from '#notifications/application/testing';
import type { NewEvent } from '#notifications/contracts';
import { createHttpServer, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { HttpTest } from '#testing/http';
import { DeliveryRoutes } from '../http/delivery-routes.ts';
import { EventRoutes } from '../http/event-routes.ts';
import { EventStreamRoutes } from '../http/event-stream-routes.ts';
import { WebhookRoutes } from '../http/webhook-routes.ts';
import { SealedWebhookSecrets } from '../webhook/sealed-webhook-secrets.ts';
import { InMemorySubjectTransaction, record } from './subject-transaction.ts';

const rules = { insecureLoopback: false };

/** Tests of the routes of notifications over adapters in memory, but for the real seal of secrets. */
export class WebhookApiTest extends HttpTest {
  readonly stored = new InMemoryNotifications();
  readonly jobs = new InMemoryJobs('notification.deliver');
  readonly transport = new InMemoryWebhookTransport();
  readonly transaction = new InMemoryNotificationsTransaction(this.stored, this.jobs);
  readonly ids = new SequentialIds();
  readonly secrets = new SealedWebhookSecrets(new Secret(Buffer.alloc(32, 1).toString('base64')));
  readonly #parts = testServerParts((server) => {
    for (const routes of this.#routes()) routes.register(server);
  });

  /** What was logged so far. */
  get log() {
    return this.#parts.logger.lines;
  }

  /** Events that have been recorded and published before. */
  async published(...events: readonly NewEvent[]): Promise<void> {
    const subjects = new InMemorySubjectTransaction(new InMemoryPublishedOutbox(this.stored, this.ids, this.clock));
    for (const event of events) await record(subjects, event, this.signal);
    await new PublishEvents(this.transaction, this.clock, this.ids).execute({ limit: 100 }, { signal: this.signal });
  }

  /** Ends every delivery that waits. */
  async givenUp(): Promise<void> {
    for (const { id } of this.stored.deliveries.values()) {
      const ended = await this.transaction.run(async ({ deliveries }) => {
        const delivery = await deliveries.lock(id);
        delivery?.giveUp('no reason', this.clock.now());
        if (delivery !== null) await deliveries.update(delivery);
        return { ok: true, value: undefined } as const;
      }, this.signal);
      expectOk(ended);
    }
  }

  protected override async application(): Promise<HttpServer> {
    return (await createHttpServer(this.#parts)).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }

  #routes() {
    const { transaction, secrets, transport, clock, ids } = this;
    const reader = new InMemoryNotificationsReader(this.stored);
    const webhooks = new WebhookRoutes({
      subscribe: new SubscribeWebhook({ transaction, secrets, clock, ids }, rules),
      list: new ListWebhooks(reader),
      find: new FindWebhook(reader),
      change: new ChangeWebhook(transaction, clock, rules),
      remove: new RemoveWebhook(transaction),
      rotate: new RotateWebhookSecret(transaction, secrets, clock),
      test: new TestWebhook({ reader, secrets, transport, clock, ids }),
    });
    const deliveries = new DeliveryRoutes(new ListDeliveries(reader), new RedeliverEvent(transaction, clock));
    const stream = new EventStreamRoutes({ reader, clock, logger: this.#parts.logger });
    return [webhooks, deliveries, new EventRoutes(new ListEvents(reader)), stream];
  }
}

import { Clock, Ids } from '#kernel';
import {
  ChangeWebhook,
  FindWebhook,
  ListDeliveries,
  ListEvents,
  ListWebhooks,
  NotificationsReader,
  NotificationsTransaction,
  RedeliverEvent,
  RemoveWebhook,
  RotateWebhookSecret,
  SubscribeWebhook,
  TestWebhook,
  WebhookSecrets,
  WebhookTransport,
} from '#notifications/application';
import { HttpRoutes } from '#platform/http';
import { Logger } from '#platform/logging';
import { ContainerModule, type ContainerModuleLoadOptions } from 'inversify';
import { DeliveryRoutes } from './http/delivery-routes.ts';
import { EventRoutes } from './http/event-routes.ts';
import { EventStreamRoutes } from './http/event-stream-routes.ts';
import { WebhookRoutes } from './http/webhook-routes.ts';
import { bindNotificationStores, publicOnly, type NotificationsOptions } from './notification-stores.module.ts';

/** What the API does: keep the subscriptions, and show what was told to whom. */
export function notificationsModule(options: NotificationsOptions): ContainerModule {
  return new ContainerModule((load) => {
    bindNotificationStores(load, options);
    bindUseCases(load, options);
    bindRoutes(load);
  });
}

function bindUseCases({ bind }: ContainerModuleLoadOptions, { webhooks = publicOnly }: NotificationsOptions): void {
  const rules = { insecureLoopback: webhooks.allowLoopback };
  bind(SubscribeWebhook)
    .toResolvedValue(
      (transaction, secrets, clock, ids) => new SubscribeWebhook({ transaction, secrets, clock, ids }, rules),
      [NotificationsTransaction, WebhookSecrets, Clock, Ids],
    )
    .inSingletonScope();
  bind(ChangeWebhook)
    .toResolvedValue(
      (transaction, clock) => new ChangeWebhook(transaction, clock, rules),
      [NotificationsTransaction, Clock],
    )
    .inSingletonScope();
  bind(RotateWebhookSecret)
    .toResolvedValue(
      (transaction, secrets, clock) => new RotateWebhookSecret(transaction, secrets, clock),
      [NotificationsTransaction, WebhookSecrets, Clock],
    )
    .inSingletonScope();
  bind(RemoveWebhook)
    .toResolvedValue((transaction) => new RemoveWebhook(transaction), [NotificationsTransaction])
    .inSingletonScope();
  bind(TestWebhook)
    .toResolvedValue(
      (reader, secrets, transport, clock, ids) => new TestWebhook({ reader, secrets, transport, clock, ids }),
      [NotificationsReader, WebhookSecrets, WebhookTransport, Clock, Ids],
    )
    .inSingletonScope();
  bind(RedeliverEvent)
    .toResolvedValue((transaction, clock) => new RedeliverEvent(transaction, clock), [NotificationsTransaction, Clock])
    .inSingletonScope();
  bind(FindWebhook)
    .toResolvedValue((reader) => new FindWebhook(reader), [NotificationsReader])
    .inSingletonScope();
  bind(ListWebhooks)
    .toResolvedValue((reader) => new ListWebhooks(reader), [NotificationsReader])
    .inSingletonScope();
  bind(ListDeliveries)
    .toResolvedValue((reader) => new ListDeliveries(reader), [NotificationsReader])
    .inSingletonScope();
  bind(ListEvents)
    .toResolvedValue((reader) => new ListEvents(reader), [NotificationsReader])
    .inSingletonScope();
}

function bindRoutes({ bind }: ContainerModuleLoadOptions): void {
  bind(HttpRoutes)
    .toResolvedValue(
      (subscribe, list, find, change, remove, rotate, test) =>
        new WebhookRoutes({ subscribe, list, find, change, remove, rotate, test }),
      [SubscribeWebhook, ListWebhooks, FindWebhook, ChangeWebhook, RemoveWebhook, RotateWebhookSecret, TestWebhook],
    )
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue((list, redeliver) => new DeliveryRoutes(list, redeliver), [ListDeliveries, RedeliverEvent])
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue((list) => new EventRoutes(list), [ListEvents])
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue(
      (reader, clock, logger) => new EventStreamRoutes({ reader, clock, logger }),
      [NotificationsReader, Clock, Logger],
    )
    .inSingletonScope();
}

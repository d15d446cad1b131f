import { Clock, Ids } from '#kernel';
import {
  DeliverEvent,
  NotificationsReader,
  NotificationsTransaction,
  PruneEvents,
  PublishEvents,
  ResumeDeliveries,
  WebhookSecrets,
  WebhookTransport,
} from '#notifications/application';
import { Logger } from '#platform/logging';
import { JobHandler } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DeliveryHandler } from './delivery-handler.ts';
import { EventRelay } from './event-relay.ts';
import { bindNotificationStores, type NotificationsOptions } from './notification-stores.module.ts';

/** What the worker does: publish events and deliver them. */
export function notificationsWorkerModule(options: NotificationsOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    bindNotificationStores(load, options);
    bind(PublishEvents)
      .toResolvedValue(
        (transaction, clock, ids) => new PublishEvents(transaction, clock, ids),
        [NotificationsTransaction, Clock, Ids],
      )
      .inSingletonScope();
    bind(ResumeDeliveries)
      .toResolvedValue(
        (transaction, clock) => new ResumeDeliveries(transaction, clock),
        [NotificationsTransaction, Clock],
      )
      .inSingletonScope();
    bind(PruneEvents)
      .toResolvedValue((transaction, clock) => new PruneEvents(transaction, clock), [NotificationsTransaction, Clock])
      .inSingletonScope();
    bind(DeliverEvent)
      .toResolvedValue(
        (reader, secrets, transport, transaction, clock) =>
          new DeliverEvent({ reader, secrets, transport, transaction, clock }),
        [NotificationsReader, WebhookSecrets, WebhookTransport, NotificationsTransaction, Clock],
      )
      .inSingletonScope();
    bind(EventRelay)
      .toResolvedValue(
        (publish, resume, prune, clock, logger) => new EventRelay({ publish, resume, prune, clock, logger }),
        [PublishEvents, ResumeDeliveries, PruneEvents, Clock, Logger],
      )
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((deliverEvent) => new DeliveryHandler(deliverEvent), [DeliverEvent])
      .inSingletonScope();
  });
}

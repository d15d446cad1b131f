import { Clock, type Secret } from '#kernel';
import {
  NotificationsReader,
  NotificationsTransaction,
  WebhookSecrets,
  WebhookTransport,
} from '#notifications/application';
import { JobsWithin } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmNotificationsReader } from './database/typeorm-notifications-reader.ts';
import { TypeOrmNotificationsTransaction } from './database/typeorm-notifications-transaction.ts';
import { AddressRules, type AddressRulesOptions } from './webhook/address-rules.ts';
import { HttpWebhookTransport } from './webhook/http-webhook-transport.ts';
import { SealedWebhookSecrets } from './webhook/sealed-webhook-secrets.ts';

export type NotificationsOptions = {
  readonly masterKey: Secret;
  /** Public addresses only, when not given. */
  readonly webhooks?: AddressRulesOptions;
};

export const publicOnly: AddressRulesOptions = { allowedNetworks: [], allowLoopback: false };

/** What the API and the worker both need. */
export function bindNotificationStores(
  { bind }: ContainerModuleLoadOptions,
  { masterKey, webhooks = publicOnly }: NotificationsOptions,
): void {
  bind(NotificationsTransaction)
    .toResolvedValue((source, jobs) => new TypeOrmNotificationsTransaction(source, jobs), [DataSource, JobsWithin])
    .inSingletonScope();
  bind(NotificationsReader)
    .toResolvedValue((source) => new TypeOrmNotificationsReader(source), [DataSource])
    .inSingletonScope();
  bind(WebhookSecrets)
    .toResolvedValue(() => new SealedWebhookSecrets(masterKey), [])
    .inSingletonScope();
  bind(WebhookTransport)
    .toResolvedValue((clock) => new HttpWebhookTransport({ rules: new AddressRules(webhooks), clock }), [Clock])
    .inSingletonScope();
}

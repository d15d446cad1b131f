export { notificationsSchema } from './database/notifications-schema.ts';
export { EventRelay } from './event-relay.ts';
export type { NotificationsOptions } from './notification-stores.module.ts';
export { notificationsWorkerModule } from './notifications-worker.module.ts';
export { notificationsModule } from './notifications.module.ts';
export { outboxModule } from './outbox.module.ts';
export { representationOf as webhookRepresentation } from './http/webhook.schemas.ts';

export { notificationsSchema } from './database/notifications-schema.ts';
export { outboxModule } from './outbox.module.ts';

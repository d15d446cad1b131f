import { InMemoryNotificationsTest } from './testing/in-memory-notifications-test.ts';
import { notificationOrders } from './testing/notification-orders.ts';

const t = InMemoryNotificationsTest.install();

describe('Notifications in memory, in every order,', () => {
  notificationOrders(t, { switches: 2 });
});

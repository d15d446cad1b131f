import { deliveryWorkflow } from './testing/delivery-workflow.ts';
import { InMemoryNotificationsTest } from './testing/in-memory-notifications-test.ts';

const t = InMemoryNotificationsTest.install();

describe('Deliveries in memory', () => {
  deliveryWorkflow(t);
});

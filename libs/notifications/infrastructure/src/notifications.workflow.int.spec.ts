import { deliveryWorkflow } from './testing/delivery-workflow.ts';
import { PostgresNotificationsTest } from './testing/postgres-notifications-test.ts';

const t = PostgresNotificationsTest.install();

describe('Deliveries in PostgreSQL', () => {
  deliveryWorkflow(t);
});

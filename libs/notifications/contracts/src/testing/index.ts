export { InMemoryOutbox } from './in-memory-outbox.ts';
export { outboxWithinContract, type OutboxUnderTest } from './outbox.contract.ts';

export { itBehavesLikeAClock, type ClockUnderTest } from './clock.contract.ts';
export { expectErr, expectOk } from './expect-result.ts';
export { itBehavesLikeIds } from './ids.contract.ts';
export { InMemoryTransaction } from './in-memory-transaction.ts';
export { ManualClock } from './manual-clock.ts';
export { SequentialIds, sequentialId } from './sequential-ids.ts';
export { itBehavesLikeTransaction, type TransactionSubject } from './transaction.contract.ts';

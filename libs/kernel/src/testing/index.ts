export { clockContract, type ClockUnderTest } from './clock.contract.ts';
export { contract, type AdapterOf, type Contract } from './contract.ts';
export { expectErr, expectOk } from './expect-result.ts';
export { idsContract } from './ids.contract.ts';
export { InMemoryTransaction } from './in-memory-transaction.ts';
export { ManualClock } from './manual-clock.ts';
export { SequentialIds, sequentialId } from './sequential-ids.ts';
export { transactionContract, type TransactionSubject } from './transaction.contract.ts';

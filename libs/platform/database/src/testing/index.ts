export { itBehavesLikeTransaction, type TransactionSubject } from './transaction.contract.ts';

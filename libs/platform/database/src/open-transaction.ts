import type { OpenTransaction } from '#kernel';
import type { EntityManager } from 'typeorm';

/** What a context hands to a store of another context, so that the store writes in the same transaction. */
export function asOpenTransaction(manager: EntityManager): OpenTransaction {
  return manager as unknown as OpenTransaction;
}

/** The other end of {@link asOpenTransaction}; the two are the only places that know what an open transaction is. */
export function managerOf(transaction: OpenTransaction): EntityManager {
  return transaction as unknown as EntityManager;
}

import { ok, Transaction, type Result } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { NewEvent, Outbox, OutboxWithin } from '#notifications/contracts';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type { DataSource } from 'typeorm';

export type SubjectStores = { readonly outbox: Outbox };

/** The transaction of another context, in which something happens that is to be told. */
export abstract class SubjectTransaction extends Transaction<SubjectStores> {}

export class InMemorySubjectTransaction implements SubjectTransaction {
  readonly #outbox: OutboxWithin;

  constructor(outbox: OutboxWithin) {
    this.#outbox = outbox;
  }

  run<T, E>(work: (stores: SubjectStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    return InMemoryTransaction.run(({ open }) => work({ outbox: this.#outbox.join(open) }), {
      keeps: (outcome) => outcome.ok,
      signal,
    });
  }
}

export class TypeOrmSubjectTransaction extends TypeOrmTransaction<SubjectStores> implements SubjectTransaction {
  constructor(source: DataSource, outbox: OutboxWithin) {
    super(source, (manager) => ({ outbox: outbox.join(asOpenTransaction(manager)) }));
  }
}

export async function record(transaction: SubjectTransaction, event: NewEvent, signal: AbortSignal): Promise<void> {
  await transaction.run(async ({ outbox }) => {
    await outbox.record(event);
    return ok();
  }, signal);
}

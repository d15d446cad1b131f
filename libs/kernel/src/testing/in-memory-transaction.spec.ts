import { expect } from 'chai';
import type { Result } from '../result.ts';
import { Transaction } from '../transaction.ts';
import { InMemoryTransaction } from './in-memory-transaction.ts';
import { transactionContract } from './transaction.contract.ts';

type Notes = { write(note: string): void };

/** The least that a context's transaction in memory consists of. */
class NotesTransaction extends Transaction<Notes> {
  readonly kept: string[] = [];

  run<T, E>(work: (notes: Notes) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    const keeps = ({ ok: isKept }: Result<T, E>): boolean => isKept;
    return InMemoryTransaction.run((transaction) => work(this.#notesWithin(transaction)), { keeps, signal });
  }

  #notesWithin(transaction: InMemoryTransaction): Notes {
    return {
      write: (note) => {
        transaction.throwIfOver();
        transaction.onEnd((outcome) => outcome === 'kept' && this.kept.push(note));
      },
    };
  }
}

describe('InMemoryTransaction', () => {
  transactionContract.holdsFor(NotesTransaction, () => {
    const transaction = new NotesTransaction();
    return {
      transaction,
      write: async (notes: Notes, note) => notes.write(note),
      committed: async () => [...transaction.kept],
    };
  });

  it('is handed to another context and found again there', () => {
    const transaction = InMemoryTransaction.begin(new AbortController().signal);

    expect(InMemoryTransaction.of(transaction.open)).to.equal(transaction);
  });

  it('tells a store that comes too late that all is undone', async () => {
    let late: InMemoryTransaction | undefined;
    await InMemoryTransaction.run(async (transaction) => void (late = transaction), {
      signal: new AbortController().signal,
    });
    const told: string[] = [];

    late?.onEnd((outcome) => told.push(outcome));

    expect(told).to.deep.equal(['undone']);
    expect(() => late?.throwIfOver()).to.throw('The transaction has ended.');
  });
});

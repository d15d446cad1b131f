import { abortable } from '../cancellation.ts';
import type { OpenTransaction } from '../transaction.ts';

type Outcome = 'kept' | 'undone';
type Listener = (outcome: Outcome) => void;

/**
 * A transaction of in-memory stores, which a context begins and lends to the stores of another: each says what is to
 * happen when it ends.
 */
export class InMemoryTransaction {
  readonly signal: AbortSignal;
  readonly #listeners: Listener[] = [];
  #ended = false;

  private constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  static begin(signal: AbortSignal): InMemoryTransaction {
    signal.throwIfAborted();
    return new InMemoryTransaction(signal);
  }

  /** Ends as kept when `keeps` says so of what the work returned, and as undone in any other case. */
  static async run<T>(
    work: (transaction: InMemoryTransaction) => Promise<T>,
    { keeps = () => true, signal }: { readonly keeps?: (done: T) => boolean; readonly signal: AbortSignal },
  ): Promise<T> {
    const transaction = InMemoryTransaction.begin(signal);
    let outcome: Outcome = 'undone';
    try {
      const done = await abortable(work(transaction), signal);
      if (keeps(done)) outcome = 'kept';
      return done;
    } finally {
      transaction.end(outcome);
    }
  }

  /** The other end of {@link open}. */
  static of(open: OpenTransaction): InMemoryTransaction {
    return open as unknown as InMemoryTransaction;
  }

  /** What a contract's `join` takes. */
  get open(): OpenTransaction {
    return this as unknown as OpenTransaction;
  }

  /** A store calls it before it does anything. */
  throwIfOver(): void {
    this.signal.throwIfAborted();
    if (this.#ended) throw new Error('The transaction has ended.');
  }

  /** Listeners are told in the order they came; for one that comes too late, all is undone. */
  onEnd(listener: Listener): void {
    if (this.#ended) listener('undone');
    else this.#listeners.push(listener);
  }

  end(outcome: Outcome): void {
    this.#ended = true;
    for (const listener of this.#listeners) listener(outcome);
  }
}

import type { OpenTransaction } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import { managerOf } from '#platform/database';

type Runner = { commitTransaction(): Promise<void>; release(): Promise<void> };

/** Lets stores in memory take part in transactions of PostgreSQL: what they did is kept when those have committed. */
export class JoinedInMemory {
  readonly #transactions = new Map<Runner, InMemoryTransaction>();

  readonly of = (open: OpenTransaction): OpenTransaction => {
    const runner = managerOf(open).queryRunner as Runner;
    const known = this.#transactions.get(runner);
    if (known !== undefined) return known.open;
    const transaction = InMemoryTransaction.begin(new AbortController().signal);
    this.#transactions.set(runner, transaction);
    const [commit, release] = [runner.commitTransaction.bind(runner), runner.release.bind(runner)];
    runner.commitTransaction = async () => {
      await commit();
      this.#end(runner, 'kept');
    };
    runner.release = () => {
      this.#end(runner, 'undone');
      return release();
    };
    return transaction.open;
  };

  /** What becomes of all of them when their process dies. */
  crash(): void {
    for (const runner of [...this.#transactions.keys()]) this.#end(runner, 'undone');
  }

  #end(runner: Runner, outcome: 'kept' | 'undone'): void {
    this.#transactions.get(runner)?.end(outcome);
    this.#transactions.delete(runner);
  }
}

import type { Result, Transaction } from '#kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { ObedientConnection } from './obedient-connection.ts';

/**
 * Base of every context's transaction adapter: `class TypeOrmDevicesTransaction extends TypeOrmTransaction<DevicesStores>`.
 *
 * A `run` inside another one's `work` is a transaction of its own, on a second connection: it commits by itself, does
 * not see what the outer one has written, and enough of them at once leave none of the pool's connections to go on
 * with. Stores that are to take part in the outer transaction join it by `asOpenTransaction`. What a store does in
 * `manager.transaction(…)` is a savepoint of the outer one.
 *
 * When the connection breaks during COMMIT, `run` throws and nobody knows whether the transaction was kept: a caller that
 * tries again needs a key that makes the second time harmless.
 */
export class TypeOrmTransaction<Stores> implements Transaction<Stores> {
  readonly #source: DataSource;
  readonly #storesOver: (manager: EntityManager) => Stores;

  constructor(source: DataSource, storesOver: (manager: EntityManager) => Stores) {
    this.#source = source;
    this.#storesOver = storesOver;
  }

  async run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    await using connection = await ObedientConnection.take(this.#source, signal);
    const result = await connection.obey(async (manager) => {
      await connection.runner.startTransaction();
      return work(this.#storesOver(manager));
    });
    // TypeORM's own callback form would commit here, because a refusal is not a throw.
    await (result.ok ? connection.runner.commitTransaction() : connection.runner.rollbackTransaction());
    return result;
  }
}

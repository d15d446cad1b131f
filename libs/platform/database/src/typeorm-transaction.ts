import type { Result, Transaction } from '#kernel';
import type { DataSource, EntityManager } from 'typeorm';

/** Base of every context's transaction adapter: `class TypeOrmDevicesTransaction extends TypeOrmTransaction<DevicesStores>`. */
export class TypeOrmTransaction<Stores> implements Transaction<Stores> {
  readonly #source: DataSource;
  readonly #storesOver: (manager: EntityManager) => Stores;

  constructor(source: DataSource, storesOver: (manager: EntityManager) => Stores) {
    this.#source = source;
    this.#storesOver = storesOver;
  }

  async run<T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    signal.throwIfAborted();
    return this.#source.transaction(async (manager) => work(this.#storesOver(manager)));
  }
}

import type { Result, Transaction } from '#kernel';
import type { DataSource, EntityManager } from 'typeorm';

/** Gives its connection back only when all went well. */
export function leaky(source: DataSource): Transaction<EntityManager> {
  return {
    run: async <T, E>(work: (manager: EntityManager) => Promise<Result<T, E>>): Promise<Result<T, E>> => {
      const runner = source.createQueryRunner();
      await runner.startTransaction();
      const result = await work(runner.manager);
      await (result.ok ? runner.commitTransaction() : runner.rollbackTransaction());
      await runner.release();
      return result;
    },
  };
}

import type { Result, Transaction } from '#kernel';
import { setTimeout as sleep } from 'node:timers/promises';

const BEFORE_COMMIT_MS = 300;

/** Answers when the work is done, and commits a little later. */
export function hasty<Stores>(transaction: Transaction<Stores>): Transaction<Stores> {
  return {
    run: <T, E>(work: (stores: Stores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> => {
      const { promise, resolve, reject } = Promise.withResolvers<Result<T, E>>();
      transaction
        .run(async (stores) => {
          const result = await work(stores);
          resolve(result);
          await sleep(BEFORE_COMMIT_MS);
          return result;
        }, signal)
        .catch(reject);
      return promise;
    },
  };
}

import { currentCall } from '#testing/container';
import { JobQueue } from '#scheduling/application';
import type { DataSource, QueryRunner } from 'typeorm';

/**
 * The COMMIT of what the queue writes, as a port of its own: without it a call of the queue would be over before another
 * one begins, and what two of them do to each other would never be seen.
 */
export abstract class Commits {
  abstract commit(transaction: { readonly commit: () => Promise<void> }): Promise<void>;
}

/** From now on every transaction of the queue on `source` commits through `commits`. Dispose it to end that. */
export function throughCommits(source: DataSource, commits: () => Promise<Commits>): Disposable {
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode): QueryRunner => {
    const runner = create(mode);
    const commit = runner.commitTransaction.bind(runner);
    runner.commitTransaction = async () => {
      if (currentCall()?.isOf(JobQueue) !== true) return commit();
      await (await commits()).commit({ commit });
    };
    return runner;
  };
  return { [Symbol.dispose]: () => void (source.createQueryRunner = create) };
}

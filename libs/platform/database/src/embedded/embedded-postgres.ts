import { resolve } from 'node:path';
import { EmbeddedPostgresFailed } from './errors.ts';
import { launch, type LaunchedServer } from './launch.ts';
import type { Durability } from './settings.ts';

export type EmbeddedPostgresOptions = {
  /** A folder of our own, made if it is not there. The cluster is in `pg18` inside it. */
  readonly directory: string;
  /** Where the cluster goes when the server's user cannot work in `directory`. The usual place for state when not given. */
  readonly stateFolders?: readonly string[];
  /** `throwaway` trades safety for speed and removes the folder when the server ends. `durable` when not given. */
  readonly durability?: Durability;
  /** The whole start, first-time set-up included, fails after this time. 60,000 when not given. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Told in a sentence when something is not as asked for, such as another folder. */
  readonly say?: (note: string) => void;
};

/**
 * A PostgreSQL server of this process's own, from the programs that npm installs.
 *
 * It listens on the loopback address only, on a port that changes with every start. It ends when `stop` is called and
 * also when this process ends in any other way, kill -9 included. It does not keep this process from ending.
 */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly url: string;
  /** The folder that holds the cluster, which is not the one asked for where the server cannot get at that. */
  readonly directory: string;
  /** Settles when the server is gone, asked or not, with what it wrote last. */
  readonly ended: Promise<string>;
  readonly #stop: LaunchedServer['stop'];

  private constructor({ url, directory, ended, stop }: LaunchedServer) {
    this.url = url;
    this.directory = directory;
    this.ended = ended;
    this.#stop = stop;
  }

  /**
   * Starts the server, after making its cluster the first time.
   *
   * Throws {@link EmbeddedPostgresUnavailable} on a machine without such programs, {@link DataFolderRefused} when the
   * folder is another process's or another version's, {@link EmbeddedPostgresFailed} otherwise, or the signal's reason.
   * A server whose launcher is dead is ended first.
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const { stateFolders, durability = 'durable', deadlineMs = 60_000, say = () => {} } = options;
    const directory = resolve(options.directory);
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    try {
      return new EmbeddedPostgres(await launch({ directory, stateFolders, durability, say, signal }));
    } catch (error) {
      if (!deadline.aborted || error !== deadline.reason) throw error;
      throw new EmbeddedPostgresFailed(`PostgreSQL did not start within ${deadlineMs} ms.`, '', error);
    }
  }

  /**
   * Ends the server and waits until it is gone: sessions are cut off, what was committed stays. One that has not
   * ended in time is killed and recovers at the next start. Again is harmless.
   */
  stop(withinMs?: number): Promise<void> {
    return this.#stop(withinMs);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }
}

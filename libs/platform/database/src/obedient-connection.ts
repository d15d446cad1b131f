import { abortable } from '#kernel';
import { Client, type Pool, type PoolClient } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { onAbort } from './on-abort.ts';
import { poolOf } from './pool.ts';
import { isConnectionLost } from './sql-state.ts';

/** How long a connection may take to show that it is idle again before it is thrown away. */
const SETTLE_MS = 2_000;

/**
 * One connection of the pool whose statements obey a signal.
 *
 * Neither TypeORM nor node-postgres knows signals. Here statements go to the server one by one, in the order in which
 * they were asked for: an abort cancels the one in flight there, and no later one is sent. The connection goes back to the pool when it is known to be idle and in no transaction, and is
 * closed otherwise.
 */
export class ObedientConnection implements AsyncDisposable {
  readonly runner: QueryRunner;
  readonly #client: PoolClient;
  readonly #pool: Pool;
  readonly #signal: AbortSignal;
  #failed = false;
  #over = false;
  /** Statements without an answer: one that the server has, the others waiting for it. */
  #unanswered = 0;
  #last: Promise<unknown> = Promise.resolve();
  #cancelling: Promise<void> | undefined;

  private constructor(runner: QueryRunner, client: PoolClient, pool: Pool, signal: AbortSignal) {
    this.runner = runner;
    this.#client = client;
    this.#pool = pool;
    this.#signal = signal;
    this.#guardStatements();
  }

  /** Waits for a connection, as long as the signal allows. */
  static async take(source: DataSource, signal: AbortSignal): Promise<ObedientConnection> {
    signal.throwIfAborted();
    const runner = source.createQueryRunner();
    const connecting = runner.connect() as Promise<PoolClient>;
    try {
      return new ObedientConnection(runner, await abortable(connecting, signal), poolOf(source), signal);
    } catch (error) {
      connecting.then(
        () => runner.release(),
        () => {},
      );
      throw error;
    }
  }

  /** Settles like `work`; after an abort it rejects with the signal's reason and does not wait for `work`. */
  async obey<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    using _ = onAbort(this.#signal, () => this.#cancelStatement());
    try {
      return await abortable(work(this.runner.manager), this.#signal);
    } catch (error) {
      this.#failed = true;
      // What is lost, or does not answer, is not asked for a rollback as well.
      if (isConnectionLost(error)) this.#drop();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A cancel that arrives late would hit a statement of the connection's next user.
    await this.#cancelling;
    this.#over = true;
    const clean = !this.#failed && this.#unanswered === 0 && !this.runner.isTransactionActive;
    if (!clean && !this.runner.isReleased) await this.#settle();
    await this.runner.release();
  }

  /** A rollback that is answered proves an idle connection. */
  async #settle(): Promise<void> {
    using _ = onAbort(AbortSignal.timeout(SETTLE_MS), () => this.#drop());
    try {
      await this.#client.query('ROLLBACK');
    } catch {
      this.#drop();
    }
  }

  /** The pool keeps no client that has been told to end. */
  #drop(): void {
    this.#client.end().catch(() => {});
  }

  #cancelStatement(): void {
    if (this.#unanswered > 0) this.#cancelling = cancelBackend(this.#pool, this.#client);
  }

  /**
   * All of TypeORM's statements pass through here, whatever made them. node-postgres has a queue of its own, but what is
   * in that can no longer be held back.
   */
  #guardStatements(): void {
    const query = this.runner.query.bind(this.runner) as (...args: unknown[]) => Promise<unknown>;
    const inTurn = async (previous: Promise<unknown>, args: unknown[]): Promise<unknown> => {
      this.#unanswered += 1;
      try {
        await previous;
        this.#signal.throwIfAborted();
        if (this.#over) throw new Error('The work on this connection ended without waiting for this statement.');
        return await query(...args);
      } finally {
        this.#unanswered -= 1;
      }
    };
    const guarded = (...args: unknown[]): Promise<unknown> => {
      const answer = inTurn(this.#last, args);
      this.#last = answer.catch(() => {});
      return answer;
    };
    this.runner.query = guarded as QueryRunner['query'];
  }
}

/** On a connection outside the pool, because all of the pool's may be waiting for what is to be cancelled. */
async function cancelBackend({ options }: Pool, backend: PoolClient): Promise<void> {
  const client = new Client(options);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_cancel_backend($1)', [(backend as PoolClient & { processID: number }).processID]);
  } catch {
    // Then the statement goes on until its own time limit, and the connection is closed instead of given back.
  } finally {
    await client.end();
  }
}

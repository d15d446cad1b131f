import { Client, type PoolClient, type QueryResult } from 'pg';
import type { Query, Send } from './on-queries.ts';

const BEGIN = /^\s*(BEGIN|START\s+TRANSACTION)\b/i;
export const COMMIT = /^\s*(COMMIT|END)\b/i;
const ROLLBACK = /^\s*(ROLLBACK|ABORT)\b(?!.*\bTO\b)/is;
/** Inside a transaction it is too late for them. */
const MODES = /^\s*SET\s+(LOCAL\s+)?TRANSACTION\b/i;

const BEGUN = 'own_transaction';
const ALONE = 'own_statement';

/**
 * Runs the code's own transactions inside one that the kit has begun: BEGIN, COMMIT and ROLLBACK become savepoints, and a
 * statement outside of them has one of its own, so that its failure does not end the transaction of the test.
 *
 * Statements are sent one at a time, because each of them has become several.
 */
export class AsSavepoints {
  #inTransaction = false;
  #last: Promise<unknown> = Promise.resolve();

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Begins what is ended by {@link AsSavepoints.undo}, or by {@link AsSavepoints.commit} for somebody to look at. */
  async begin(client: PoolClient): Promise<void> {
    this.#inTransaction = false;
    await direct(client, 'SET idle_in_transaction_session_timeout = 0; BEGIN');
    await direct(client, 'SAVEPOINT test');
  }

  /** Answers whether everything is undone: not when the code has ended the transaction in a way that was not seen. */
  async undo(client: PoolClient): Promise<boolean> {
    const ours = await direct(client, 'ROLLBACK TO SAVEPOINT test').then(
      () => true,
      () => false,
    );
    await direct(client, 'ROLLBACK');
    return ours;
  }

  async commit(client: PoolClient): Promise<void> {
    await direct(client, 'COMMIT');
  }

  readonly query: Query = (_, text, send) => {
    const answer = this.#last.then(() => this.#step(text, send));
    this.#last = answer.catch(() => {});
    return answer;
  };

  async #step(text: string, send: Send): Promise<unknown> {
    if (BEGIN.test(text)) return this.#begin(send);
    if (COMMIT.test(text)) return this.#end(send, 'COMMIT');
    if (ROLLBACK.test(text)) return this.#end(send, 'ROLLBACK');
    if (MODES.test(text)) return nothing('SET');
    if (this.#inTransaction) return send();
    await send(`SAVEPOINT ${ALONE}`);
    try {
      const result = await send();
      await send(`RELEASE ${ALONE}`);
      return result;
    } catch (error) {
      await undoTo(ALONE, send);
      throw error;
    }
  }

  async #begin(send: Send): Promise<unknown> {
    if (!this.#inTransaction) await send(`SAVEPOINT ${BEGUN}`);
    this.#inTransaction = true;
    return nothing('BEGIN');
  }

  async #end(send: Send, how: 'COMMIT' | 'ROLLBACK'): Promise<unknown> {
    if (!this.#inTransaction) return nothing(how);
    this.#inTransaction = false;
    if (how === 'ROLLBACK') return undoTo(BEGUN, send);
    // A transaction in which a statement failed ends with a rollback, as COMMIT itself would do.
    return send(`RELEASE ${BEGUN}`).then(
      () => nothing('COMMIT'),
      () => undoTo(BEGUN, send),
    );
  }
}

/** Past what stands between the code and its connection. */
function direct(client: PoolClient, text: string): Promise<QueryResult> {
  return (Client.prototype.query as (text: string) => Promise<QueryResult>).call(client, text);
}

async function undoTo(savepoint: string, send: Send): Promise<unknown> {
  await send(`ROLLBACK TO ${savepoint}`);
  await send(`RELEASE ${savepoint}`);
  return nothing('ROLLBACK');
}

function nothing(command: string): Partial<QueryResult> {
  return { command, rowCount: 0, rows: [], fields: [] };
}

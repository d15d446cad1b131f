import { Pool } from 'pg';
import { emptyTables } from './empty-tables.ts';

const LOCK_NOT_AVAILABLE = '55P03';
const VACUUM_EVERY = 200;
/** Tells its sessions from those of the test: one whose statement failed may still be on its way out. */
const NAME = 'test reset';

/** Whatever else is at work in the database when its test has ended. The view over this function costs twice as much. */
const BUSY = `
  SELECT pid, state, query FROM pg_stat_get_activity(NULL)
  WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND application_name <> '${NAME}'
    AND backend_type = 'client backend' AND state IN ('active', 'idle in transaction', 'idle in transaction (aborted)')`;

const EVERY_OTHER_SESSION = `
  SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

export type Leftover = { readonly pid: number; readonly state: string; readonly query: string };

/** Empties a database's tables in one round trip, on a connection of its own that never holds up the process. */
export class Reset {
  readonly url: string;
  readonly #connection: Pool;
  readonly #deletes: string;
  #count = 0;

  private constructor(url: string, connection: Pool, deletes: string) {
    this.url = url;
    this.#connection = connection;
    this.#deletes = deletes;
  }

  static async of(url: string): Promise<Reset> {
    const connection = new Pool({
      connectionString: url,
      application_name: NAME,
      max: 1,
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
      lock_timeout: 200,
      query_timeout: 30_000,
    });
    connection.on('error', () => {}); // the next reset connects again, and says it if that fails
    const deletes = (await emptyTables(connection)).map((table) => `DELETE FROM ${table}`).join(';');
    return new Reset(url, connection, deletes);
  }

  /** What the test left at work is ended, so that the next one begins clean, and returned. */
  async run(): Promise<readonly Leftover[]> {
    const leftovers = await this.#emptyAll();
    this.#count += 1;
    // Deleted rows make every later DELETE read more.
    if (this.#count % VACUUM_EVERY === 0) await this.#connection.query('VACUUM');
    return leftovers;
  }

  /** Also those that have begun nothing yet, and would begin it in the next test. */
  async endEverySession(): Promise<void> {
    await this.#connection.query(EVERY_OTHER_SESSION);
  }

  async end(): Promise<void> {
    await this.#connection.end();
  }

  async #emptyAll(): Promise<readonly Leftover[]> {
    try {
      const [busy] = (await this.#connection.query(`${BUSY};${this.#deletes}`)) as unknown as [{ rows: Leftover[] }];
      return await this.#end(busy.rows);
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      const leftovers = await this.#end((await this.#connection.query<Leftover>(BUSY)).rows);
      await this.#connection.query(this.#deletes);
      return leftovers;
    }
  }

  async #end(leftovers: readonly Leftover[]): Promise<readonly Leftover[]> {
    for (const { pid } of leftovers) await this.#connection.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
    return leftovers;
  }
}

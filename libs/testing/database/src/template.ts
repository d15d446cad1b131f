import type { DataSource } from 'typeorm';
import { once } from './once.ts';
import { keyOf } from './schemas-key.ts';
import { testPostgres, type TestSchema } from './test-postgres.ts';
import type { ServerSessions } from './server-sessions.ts';
import { testServer, urlOf, type TestServer } from './test-server.ts';

const LEAVING_MS = 500;
/** Files are copied, and not written to the log block by block: where nothing waits for the disk that is much sooner done. */
const QUICKLY = 'STRATEGY file_copy';

const templates = new Map<string, () => Promise<Template>>();

/**
 * The databases of one set of schemas. Migrations take their time once: after that a database is a copy of files. The one
 * that is copied is made when the first copy is asked for, because most suites are content with one database.
 */
export class Template {
  readonly schemas: readonly TestSchema[];
  readonly #server: TestServer;
  readonly #copied = once(() => this.#make());
  #isMade = false;

  private constructor(schemas: readonly TestSchema[], server: TestServer) {
    this.schemas = schemas;
    this.#server = server;
  }

  /** The one of this process for these schemas, made by the first who asks. */
  static of(schemas: readonly TestSchema[]): Promise<Template> {
    const key = keyOf(schemas);
    const template = templates.get(key) ?? once(async () => new Template(schemas, await testServer()));
    templates.set(key, template);
    return template();
  }

  /** Those of the server, whatever the database. */
  get sessions(): ServerSessions {
    return this.#server.sessions;
  }

  /** A new database, migrated and open. */
  async openNew(poolSize?: number): Promise<{ readonly url: string; readonly source: DataSource }> {
    if (!this.#isMade) return this.#migrated(this.#server.names.next('c'), poolSize);
    const url = await this.clone();
    return { url, source: await this.open(url, poolSize) };
  }

  /** A new database, or one in the place of another. */
  async clone(url = urlOf(this.#server.url, this.#server.names.next('c'))): Promise<string> {
    const template = await this.#copied();
    await this.#create(nameIn(url), `TEMPLATE "${template}"`);
    return url;
  }

  async #make(): Promise<string> {
    const name = this.#server.names.next('t');
    const { source } = await this.#migrated(name, 1);
    await source.destroy(); // nobody can be connected to what is to be copied
    this.#isMade = true;
    return name;
  }

  async #migrated(name: string, poolSize?: number): Promise<{ readonly url: string; readonly source: DataSource }> {
    await this.#create(name);
    const url = urlOf(this.#server.url, name);
    const source = await this.open(url, poolSize);
    try {
      await (await testPostgres()).migrate(source);
      return { url, source };
    } catch (error) {
      await source.destroy();
      throw error;
    }
  }

  /** With a setting of its own, which a copy does not take over from its template. */
  async #create(name: string, from = ''): Promise<void> {
    const { admin, deadlockMs } = this.#server;
    await admin.query(`CREATE DATABASE "${name}" ${from} ${QUICKLY}`);
    if (deadlockMs !== undefined) await admin.query(`ALTER DATABASE "${name}" SET deadlock_timeout = ${deadlockMs}`);
  }

  async open(url: string, poolSize?: number): Promise<DataSource> {
    return (await testPostgres()).open({ url, schemas: this.schemas, ...(poolSize !== undefined && { poolSize }) });
  }

  async drop(url: string): Promise<void> {
    await this.#server.admin.query(`DROP DATABASE IF EXISTS "${nameIn(url)}" WITH (FORCE)`);
  }

  /** Puts a database aside for somebody to look at. Nobody can be connected to it. Answers how to get at it. */
  async keep(url: string, test: string): Promise<string> {
    const { admin, names, throwaway } = this.#server;
    const database = names.kept();
    await admin.query(`ALTER DATABASE "${nameIn(url)}" RENAME TO "${database}"`);
    const psql = `psql '${urlOf(url, database)}'`;
    return throwaway
      ? `${await throwaway.keep({ database, test })}
or, while this run goes on, ${psql}`
      : psql;
  }

  /** Whether everybody has left a database, once those who are leaving are gone. */
  async isLeft(url: string): Promise<boolean> {
    const patience = AbortSignal.timeout(LEAVING_MS);
    for (;;) {
      const { rows } = await this.#server.admin.query(`SELECT 1 FROM pg_stat_activity WHERE datname = $1`, [
        nameIn(url),
      ]);
      if (rows.length === 0) return true;
      if (patience.aborted) return false;
    }
  }

  async endSessionsIn(url: string): Promise<void> {
    await this.#server.admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [
      nameIn(url),
    ]);
  }

  /** Statements and transactions that are under way in a database, seen from outside of it. */
  async workIn(url: string): Promise<readonly { readonly state: string; readonly query: string }[]> {
    const { rows } = await this.#server.admin.query<{ state: string; query: string }>(
      `SELECT state, query FROM pg_stat_get_activity(NULL)
       WHERE datid = (SELECT oid FROM pg_database WHERE datname = $1)
         AND backend_type = 'client backend' AND state IN ('active', 'idle in transaction', 'idle in transaction (aborted)')`,
      [nameIn(url)],
    );
    return rows;
  }
}

function nameIn(url: string): string {
  return new URL(url).pathname.slice(1);
}

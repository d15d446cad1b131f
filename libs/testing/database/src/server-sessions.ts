import { outsideTests } from '#testing/runtime';
import { Pool } from 'pg';

/**
 * All states are read before the first lock is looked at: a session that is idle by then cannot have given back meanwhile
 * what it is seen to hold. Who waits for a safe snapshot is blocked too, though by no lock.
 */
const SEEN = `
  WITH seen AS MATERIALIZED (SELECT pid, state FROM pg_stat_get_activity(NULL) WHERE pid = ANY ($1))
  SELECT pid, state LIKE 'idle%' AS "isIdle",
    CASE state WHEN 'active' THEN pg_blocking_pids(pid) || pg_safe_snapshot_blocking_pids(pid) ELSE '{}' END AS blockers
  FROM seen`;

const END_MS = 5_000;

const END = 'SELECT pg_terminate_backend(pid) FROM pg_stat_get_activity(NULL) WHERE pid = ANY ($1)';

/** A session as the server sees it. */
export type SeenSession = {
  readonly pid: number;
  /** Whether it has done all it was asked to. */
  readonly isIdle: boolean;
  /** The sessions that hold what its statement waits for, or will get it before; none where it does not wait. */
  readonly blockers: readonly number[];
};

/** Looks at sessions from outside, on a connection that no work of a test holds up. */
export class ServerSessions {
  readonly #connection: Pool;

  constructor(url: string) {
    this.#connection = new Pool({
      connectionString: url,
      application_name: 'test watch',
      max: 1,
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
    });
    this.#connection.on('error', () => {}); // the next question connects again
  }

  /** Those of these sessions that are still there. */
  async see(pids: readonly number[]): Promise<readonly SeenSession[]> {
    return (await outsideTests(() => this.#connection.query<SeenSession>(SEEN, [pids]))).rows;
  }

  /** Ends them. When this comes back they are gone, and what they had not committed is undone. */
  async end(pids: readonly number[]): Promise<void> {
    const patience = AbortSignal.timeout(END_MS);
    await outsideTests(() => this.#connection.query(END, [pids]));
    // The server could wait for it as well, but it looks only every tenth of a second.
    while ((await this.see(pids)).length > 0) {
      if (patience.aborted) throw new Error(`Sessions of the test database did not end within ${END_MS} ms.`);
    }
  }
}

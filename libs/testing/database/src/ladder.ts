/**
 * How tests are kept apart in the database, cheapest first:
 *
 * - `rollback`: one connection, and one transaction around the test that is rolled back; the code's own transactions are
 *   savepoints in it. It hides what happens at COMMIT (deferred constraints, NOTIFY), `now()` stands still, isolation levels are
 *   not set, and of two transactions at once the second waits for the first, so there are no races.
 * - `session`: one connection, with real commits. Shows code that asks for a second connection while it holds one.
 * - `reset`: a pool, real commits; one round trip deletes all rows after the test. Sequences go on counting.
 * - `clone`: a database for each test, made ahead of need, for DDL, LISTEN and session locks, which concern all of one.
 */
export type Rung = 'rollback' | 'session' | 'reset' | 'clone';

/** What a test has for its turn. */
export type Turn = {
  readonly failed: boolean;
  /** The title by which a database that is kept can be recognised. */
  readonly test: string;
};

/** How a turn ended. */
export type Ending = {
  /** What the test had not ended: one line each. It is ended now. */
  readonly findings: readonly string[];
  /** How to look at the database of a test that failed, where it was kept. */
  readonly kept?: string | undefined;
};

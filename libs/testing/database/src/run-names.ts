import { createHash, randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';

const PREFIX = 'lockstep_test_';
const RUN = /^lockstep_test_(?:kept_(?<project>[0-9a-f]{6})_(?<hour>[0-9a-z]+)_)?(?<run>[0-9a-f]{8})_/;
const KEPT_HOURS = 24;

/**
 * The names of the databases of one run on a server that others use too.
 *
 * A run holds an advisory lock on a connection of its own as long as it lives: whoever gets that lock knows the run to
 * be dead, on whatever host it was. All runs have to name the same database in `DATABASE_URL`, because such locks belong to one.
 */
export class RunNames {
  readonly #run = randomBytes(4).toString('hex');
  #numbers = 0;

  next(what: string): string {
    this.#numbers += 1;
    return `${PREFIX}${this.#run}_${what}${this.#numbers}`;
  }

  /** Under this name a database outlives its run: until the next one of the same project, or for a day. */
  kept(): string {
    this.#numbers += 1;
    return `${PREFIX}kept_${projectHash()}_${thisHour().toString(36)}_${this.#run}_${this.#numbers}`;
  }

  /** Says that this run lives, as long as the process does. */
  async claim(url: string): Promise<void> {
    const owner = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
    owner.on('error', () => {}); // then others may take the run for dead; its databases go at the latest with the server
    await owner.connect();
    await owner.query('SELECT pg_advisory_lock($1, $2)', lockOf(this.#run));
    (owner as Client & { unref(): void }).unref(); // part of the driver, and missing in its types
  }

  /** Removes what dead runs left. */
  async sweep(admin: Pool): Promise<void> {
    const connection = await admin.connect(); // one session, because it takes and returns locks
    try {
      for (const name of await namesOn(admin)) {
        const { run, project, hour } = RUN.exec(name)?.groups ?? {};
        if (run === undefined || run === this.#run || isStillWanted(project, hour)) continue;
        const { rows } = await connection.query<{ dead: boolean }>(
          'SELECT pg_try_advisory_lock($1, $2) AS dead',
          lockOf(run),
        );
        if (!rows[0]?.dead) continue;
        await connection.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        await connection.query('SELECT pg_advisory_unlock($1, $2)', lockOf(run));
      }
    } finally {
      connection.release();
    }
  }

  async dropOwn(admin: Pool): Promise<void> {
    for (const name of await namesOn(admin)) {
      if (name.startsWith(`${PREFIX}${this.#run}_`))
        await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }
  }
}

async function namesOn(admin: Pool): Promise<readonly string[]> {
  const { rows } = await admin.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE '${PREFIX}%'`,
  );
  return rows.map(({ datname }) => datname);
}

/** Two numbers: what all these locks are for, and the run. */
function lockOf(run: string): number[] {
  return [0x7e57_db, Number.parseInt(run, 16) | 0];
}

function isStillWanted(project: string | undefined, hour: string | undefined): boolean {
  if (project === undefined || hour === undefined) return false;
  return project !== projectHash() && thisHour() - Number.parseInt(hour, 36) < KEPT_HOURS;
}

function projectHash(): string {
  return createHash('sha256').update(process.cwd()).digest('hex').slice(0, 6);
}

function thisHour(): number {
  return Math.floor(Date.now() / 3_600_000);
}

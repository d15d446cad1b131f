import { openDatabase } from '#platform/database';
import type { Asked, Cell, Figures } from '../product/asked.ts';
import type { BenchServer } from '../product/bench-server.ts';
import { percentile } from '../product/percentile.ts';
import { rounded } from '../product/rounded.ts';
import { WORK } from './composition-root.ts';
import { loadEngine, type EngineName } from './engines.ts';
import { claimJobs } from './job-programs.ts';

const BACKLOG = { quick: 1_000, usual: 10_000 } as const;
const CLAIMS = { quick: 100, usual: 500 } as const;
const GROWTH = 10;
const UNMEASURED = 50;
const FILL_MS = 120_000;

type ClaimingEngine = Exclude<EngineName, 'BullMQ'>;

/** How long a backlog is filled in one go, as nobody would submit it: the claims are what is measured. */
const FILL: Readonly<Record<ClaimingEngine, readonly string[]>> = {
  lockstep: [
    `INSERT INTO jobs (id, type, payload, priority, due_at, rank, max_attempts, timeout_ms, submitted_at, state, attempt, token)
     SELECT gen_random_uuid(), '${WORK}', json_build_object('seq', n), n % 10, due, due - (n % 10) * interval '1 minute',
            3, 600000, due, 'queued', 0, 0
     FROM (SELECT n, now() - ($1::int - n) * interval '1 millisecond' AS due FROM generate_series(1, $1::int) AS n) AS jobs`,
    `INSERT INTO job_places (id, job_id) SELECT row_number() OVER (ORDER BY id), id FROM jobs WHERE $1::int > 0`,
  ],
  'raw SQL': [
    `INSERT INTO raw_jobs (payload, priority)
     SELECT json_build_object('seq', n), n % 10 FROM generate_series(1, $1::int) AS n`,
  ],
};

export async function measureClaims(server: BenchServer, asked: Asked): Promise<Figures> {
  const rows: Cell[][] = [];
  for (const engine of ['lockstep', 'raw SQL'] as const) {
    for (const backlog of [BACKLOG[asked.size], BACKLOG[asked.size] * GROWTH]) {
      asked.tell(`claims by ${engine} at a backlog of ${backlog}`);
      const url = await server.newDatabase();
      await (await loadEngine[engine]()).prepare(url, asked.signal);
      await fill(url, FILL[engine], backlog);
      for (const callers of [1, 10]) {
        const claims = { unmeasured: UNMEASURED, claims: CLAIMS[asked.size], callers };
        const took = await claimJobs({ engine, url }, claims, asked.signal);
        const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
        rows.push([engine, backlog, callers, rounded(p50), rounded(p99), rounded(Math.max(...took))]);
      }
    }
  }
  const title = `One claim of one job, in milliseconds (${CLAIMS[asked.size]} each; each job is ended before the next claim)`;
  return { title, head: ['engine', 'backlog', 'callers', 'p50', 'p99', 'max'], rows };
}

async function fill(url: string, statements: readonly string[], backlog: number): Promise<void> {
  const source = await openDatabase({ url, schemas: [], poolSize: 1, statementTimeoutMs: FILL_MS });
  for (const statement of statements) await source.query(statement, [backlog]);
  await source.query('ANALYZE');
  await source.destroy();
}

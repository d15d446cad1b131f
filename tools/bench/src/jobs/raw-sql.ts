import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Claim, JobEngine } from './engine.ts';

const EMPTY_MS = 10;

const TABLE = `
  CREATE TABLE raw_jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload json NOT NULL,
    priority smallint NOT NULL DEFAULT 5,
    state text NOT NULL DEFAULT 'queued',
    token integer NOT NULL DEFAULT 0,
    result json
  )`;
const INDEX = `CREATE INDEX ON raw_jobs (priority DESC, id) WHERE state = 'queued'`;

const SUBMIT = { name: 'submit', text: 'INSERT INTO raw_jobs (payload) VALUES ($1)' };
const CLAIM = {
  name: 'claim',
  text: `
    UPDATE raw_jobs SET state = 'running', token = token + 1
    WHERE id = (SELECT id FROM raw_jobs WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id, token, payload`,
};
const COMPLETE = {
  name: 'complete',
  text: `UPDATE raw_jobs SET state = 'succeeded', result = $3 WHERE id = $1 AND token = $2 AND state = 'running'`,
};

type Claimed = { readonly id: string; readonly token: number };

/** The floor: two prepared statements for each job and nothing else. No history, lease, limit, notice or capacity. */
export const rawSql: JobEngine = {
  prepare: async (url) => {
    const client = await connect(url);
    await client.query(TABLE);
    await client.query(INDEX);
    await client.end();
  },
  submitter: async (url) => {
    const client = await connect(url);
    return async (seq) => void (await client.query({ ...SUBMIT, values: [JSON.stringify({ seq })] }));
  },
  worker: async (url, places, _, ended) => {
    const clients = await Promise.all(Array.from({ length: places }, () => connect(url)));
    return () => Promise.all(clients.map((client) => workOn(client, ended)));
  },
  claimer: async (url, callers) => {
    const clients = await Promise.all(Array.from({ length: callers }, () => connect(url)));
    return claiming(clients);
  },
  countEnded: async (url) => {
    const client = await connect(url);
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM raw_jobs WHERE state = 'succeeded'`,
    );
    await client.end();
    return rows[0]?.count ?? 0;
  },
};

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function workOn(client: pg.Client, ended: () => void): Promise<never> {
  for (;;) {
    const job = await claim(client);
    if (job === undefined) {
      await sleep(EMPTY_MS);
      continue;
    }
    await complete(client, job);
    ended();
  }
}

function claiming(clients: pg.Client[]): Claim {
  return async () => {
    const client = clients.pop();
    if (client === undefined) throw new Error('More claims at once than callers.');
    const job = await claim(client);
    if (job === undefined) throw new Error('There was no job to claim.');
    return async () => {
      await complete(client, job);
      clients.push(client);
    };
  };
}

async function claim(client: pg.Client): Promise<Claimed | undefined> {
  return (await client.query<Claimed>({ ...CLAIM, values: [] })).rows[0];
}

async function complete(client: pg.Client, { id, token }: Claimed): Promise<void> {
  const { rowCount } = await client.query({ ...COMPLETE, values: [id, token, '{}'] });
  if (rowCount !== 1) throw new Error(`The job ${id} was lost.`);
}

import { readWith } from '#platform/database';
import type { HistoryCursor, HistoryPage, JobHistory, KeptEvent } from '#scheduling/application';
import type { JobEvent, JobId } from '#scheduling/domain';
import type { DataSource } from 'typeorm';

type EventRow = JobEvent & { readonly id: string; readonly tx: string; readonly type: string };

/** An order by `id` alone would be by the text of that name, in which 10 comes before 9. */
const EVENT = `
  SELECT e.id::text, e.tx::text, e.job_id AS "jobId", jobs.type, e.at, e.kind, e.state, e.attempt, e.worker, e.by, e.reason, e.progress
  FROM job_events e JOIN jobs ON jobs.id = e.job_id`;

/**
 * The order is that of the transactions, and only those are read below which none is open any more. The ids alone would not do:
 * they are given out before the commit, and a reader that has seen 7 would never look for the 6 that commits after it.
 */
const ALL = `${EVENT}
  WHERE (e.tx, e.id) > ($1::xid8, $2::bigint) AND e.tx < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY e.tx, e.id LIMIT $3`;

/** Events of one job are written one after the other, each under the lock of its row. */
const OF_JOB = `${EVENT} WHERE e.job_id = $1 AND e.id > $2::bigint ORDER BY e.id LIMIT $3`;

export class PostgresJobHistory implements JobHistory {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async ofJob(id: JobId, { after, limit }: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]> {
    return this.#read(OF_JOB, [id, placeOf(after)[1], limit], signal);
  }

  async all({ after, limit }: HistoryPage, signal: AbortSignal): Promise<readonly KeptEvent[]> {
    return this.#read(ALL, [...placeOf(after), limit], signal);
  }

  async end(signal: AbortSignal): Promise<HistoryCursor> {
    const newest = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS tx`;
    const [row] = await readWith(this.#source, signal, (manager) => manager.query<[{ tx: string }]>(newest));
    return cursorOf({ tx: row.tx, id: '0' });
  }

  async #read(statement: string, values: readonly unknown[], signal: AbortSignal): Promise<readonly KeptEvent[]> {
    const rows = await readWith(this.#source, signal, (manager) => manager.query<EventRow[]>(statement, [...values]));
    return rows.map(({ id, tx, ...event }) => ({ ...event, cursor: cursorOf({ tx, id }) }));
  }
}

function cursorOf({ tx, id }: { tx: string; id: string }): HistoryCursor {
  return `${tx}.${id}` as HistoryCursor;
}

function placeOf(cursor: HistoryCursor | undefined): [tx: string, id: string] {
  const [tx = '0', id = '0'] = cursor?.split('.') ?? [];
  return [tx, id];
}

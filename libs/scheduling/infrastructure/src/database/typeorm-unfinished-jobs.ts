import { readWith } from '#platform/database';
import type { JobId, UnfinishedJobs } from '#scheduling/contracts';
import { In, IsNull, type DataSource } from 'typeorm';
import { jobRow } from './job.row.ts';

export class TypeOrmUnfinishedJobs implements UnfinishedJobs {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async among(ids: readonly JobId[], signal: AbortSignal): Promise<readonly JobId[]> {
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(jobRow, { select: { id: true }, where: { id: In(ids), finishedAt: IsNull() } }),
    );
    return rows.map(({ id }) => id as JobId);
  }
}

import { readWith } from '#platform/database';
import type { JobPage, JobReader } from '#scheduling/application';
import type { JobId, JobSnapshot } from '#scheduling/domain';
import { LessThan, type DataSource } from 'typeorm';
import { jobRow, snapshotOf } from './job.row.ts';

export class TypeOrmJobReader implements JobReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async find(id: JobId, signal: AbortSignal): Promise<JobSnapshot | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOne(jobRow, { where: { id } }));
    return row === null ? null : snapshotOf(row);
  }

  async page({ state, after, limit }: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]> {
    const where = { ...(state && { state }), ...(after && { id: LessThan(after) }) };
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(jobRow, { where, order: { id: 'DESC' }, take: limit }),
    );
    return rows.map(snapshotOf);
  }
}

import { readWith } from '#platform/database';
import type { JobPage, JobReader, JobSort } from '#scheduling/application';
import type { JobId, JobSnapshot } from '#scheduling/domain';
import type { DataSource } from 'typeorm';
import { jobRow, snapshotOf } from './job.row.ts';

/** What a list is ordered by: nothing that a client sends comes into the statement. Ids ascend with the submissions. */
const columns: Readonly<Record<JobSort, readonly [column: 'id' | 'due_at' | 'priority', direction: 'ASC' | 'DESC']>> = {
  '-submittedAt': ['id', 'DESC'],
  submittedAt: ['id', 'ASC'],
  '-dueAt': ['due_at', 'DESC'],
  dueAt: ['due_at', 'ASC'],
  '-priority': ['priority', 'DESC'],
  priority: ['priority', 'ASC'],
};
const properties = { id: 'job.id', due_at: 'job.dueAt', priority: 'job.priority' } as const;

export class TypeOrmJobReader implements JobReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async find(id: JobId, signal: AbortSignal): Promise<JobSnapshot | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOne(jobRow, { where: { id } }));
    return row === null ? null : snapshotOf(row);
  }

  async page({ state, type, text, sort, after, limit }: JobPage, signal: AbortSignal): Promise<readonly JobSnapshot[]> {
    const [column, direction] = columns[sort ?? '-submittedAt'];
    const rows = await readWith(this.#source, signal, (manager) => {
      const jobs = manager.createQueryBuilder(jobRow, 'job').orderBy(properties[column], direction).limit(limit);
      if (column !== 'id') jobs.addOrderBy('job.id', direction);
      if (state !== undefined) jobs.andWhere('job.state = :state', { state });
      if (type !== undefined) jobs.andWhere('job.type = :type', { type });
      if (text !== undefined)
        jobs.andWhere(`job.failure ILIKE :text`, { text: `%${text.replace(/[\\%_]/g, '\\$&')}%` });
      if (after !== undefined) {
        const behind = direction === 'ASC' ? '>' : '<';
        const last = `SELECT ${column}, id FROM jobs WHERE id = :after`;
        jobs.andWhere(`(${properties[column]}, job.id) ${behind} (${last})`, { after });
      }
      return jobs.getMany();
    });
    return rows.map(snapshotOf);
  }
}

import type { Verifications } from '#backups/application';
import type { Finding, VerificationSnapshot } from '#backups/domain';
import type { JobId } from '#scheduling/contracts';
import type { EntityManager } from 'typeorm';
import { SELECT_VERIFICATION, verificationOf, type VerificationRow } from './verification-row.ts';

export class PostgresVerifications implements Verifications {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async find(id: JobId): Promise<VerificationSnapshot | null> {
    const [row] = await this.#manager.query<VerificationRow[]>(`${SELECT_VERIFICATION} WHERE id = $1`, [id]);
    return row === undefined ? null : verificationOf(row);
  }

  async save(verification: VerificationSnapshot, found: readonly Finding[]): Promise<void> {
    const { id, mode, part, of, shardsDone, contents, bytes, damaged, unreferenced, startedAt, finishedAt } =
      verification;
    await this.#manager.query(
      `INSERT INTO store_verifications (id, mode, part, parts, shards_done, contents, bytes, damaged, unreferenced,
         started_at, finished_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (id) DO UPDATE SET shards_done = $5, contents = $6, bytes = $7, damaged = $8, unreferenced = $9,
         finished_at = $11`,
      [id, mode, part, of, shardsDone, contents, bytes, damaged, unreferenced, startedAt, finishedAt],
    );
    await this.#manager.query(
      `INSERT INTO store_findings (verification_id, content_hash, kind, by_hash, versions)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::int[])`,
      [
        id,
        found.map(({ contentHash }) => contentHash),
        found.map(({ kind }) => kind),
        found.map(({ by }) => by),
        found.map(({ versions }) => versions),
      ],
    );
  }
}

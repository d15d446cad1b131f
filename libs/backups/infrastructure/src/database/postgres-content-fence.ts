import type { Condemnation, ContentFence, FenceMark } from '#backups/application';
import type { ContentHash } from '#backups/domain';
import type { Lease } from '#scheduling/contracts';
import type { EntityManager } from 'typeorm';

const KEY = "hashtextextended('config_contents/' || $1, 0)";

/** The locks are statements of their own: one that waits and reads as well would read what was committed before it waited. */
export class PostgresContentFence implements ContentFence {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async reference(hash: ContentHash, since: FenceMark): Promise<boolean> {
    await this.#manager.query(`SELECT pg_advisory_xact_lock_shared(${KEY})`, [hash]);
    const [fence] = await this.#manager.query<{ mark: FenceMark; isCondemned: boolean }[]>(
      'SELECT mark, job_id IS NOT NULL AS "isCondemned" FROM content_fences WHERE content_hash = $1',
      [hash],
    );
    return fence === undefined ? since === 0 : fence.mark === since && !fence.isCondemned;
  }

  async condemn({ hash, by, at }: Condemnation): Promise<boolean> {
    await this.#manager.query(`SELECT pg_advisory_xact_lock(${KEY})`, [hash]);
    const condemned = await this.#manager.query<unknown[]>(
      `INSERT INTO content_fences AS fence (content_hash, mark, job_id, token, condemned_at)
       SELECT $1, 1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM config_versions WHERE content_hash = $1)
       ON CONFLICT (content_hash) DO UPDATE
       SET mark = fence.mark + 1, job_id = $2, token = $3, condemned_at = $4
       WHERE fence.job_id IS NULL OR (fence.job_id = $2 AND fence.token = $3)
       RETURNING mark`,
      [hash, by.jobId, by.token, at],
    );
    return condemned.length === 1;
  }

  async absolve(hash: ContentHash, by: Lease): Promise<void> {
    await this.#manager.query(
      `UPDATE content_fences SET mark = mark + 1, job_id = NULL, token = NULL, condemned_at = NULL
       WHERE content_hash = $1 AND job_id = $2 AND token = $3`,
      [hash, by.jobId, by.token],
    );
  }
}

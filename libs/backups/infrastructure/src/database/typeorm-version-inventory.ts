import type {
  Condemnation,
  ContentsWanted,
  DevicesWanted,
  FenceMark,
  NamedContent,
  VersionInventory,
} from '#backups/application';
import { prefixOf, SHARDS, type ContentHash } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { readWith } from '#platform/database';
import type { JobId } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';

const NAMED = 'SELECT content_hash AS hash, max(bytes) AS bytes, count(*)::int AS versions FROM config_versions';

export class TypeOrmVersionInventory implements VersionInventory {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  contents({ shard, after, limit }: ContentsWanted, signal: AbortSignal): Promise<readonly NamedContent[]> {
    // Hex digits are in the order of their characters; behind the last shard comes everything from g on.
    const end = shard + 1 < SHARDS ? prefixOf(shard + 1) : 'g';
    return this.#read(
      `${NAMED} WHERE content_hash >= $1 AND content_hash < $2 AND content_hash > $3
       GROUP BY content_hash ORDER BY content_hash LIMIT $4`,
      [prefixOf(shard), end, after ?? '', limit],
      signal,
    );
  }

  named(hashes: readonly ContentHash[], signal: AbortSignal): Promise<readonly NamedContent[]> {
    return this.#read(
      `${NAMED} WHERE content_hash = ANY($1) GROUP BY content_hash ORDER BY content_hash`,
      [hashes],
      signal,
    );
  }

  async devices({ after, limit }: DevicesWanted, signal: AbortSignal): Promise<readonly DeviceId[]> {
    // From device to device along the index, however many versions each of them has.
    const devices = await this.#read<{ id: DeviceId }>(
      `WITH RECURSIVE found AS (
         (SELECT device_id AS id FROM config_versions WHERE $1::uuid IS NULL OR device_id > $1 ORDER BY device_id LIMIT 1)
         UNION ALL
         SELECT (SELECT device_id FROM config_versions WHERE device_id > found.id ORDER BY device_id LIMIT 1)
         FROM found WHERE found.id IS NOT NULL
       )
       SELECT id FROM found WHERE id IS NOT NULL LIMIT $2`,
      [after, limit],
      signal,
    );
    return devices.map(({ id }) => id);
  }

  async fenceMark(hash: ContentHash, signal: AbortSignal): Promise<FenceMark> {
    const sql = 'SELECT mark FROM content_fences WHERE content_hash = $1';
    const [fence] = await this.#read<{ mark: FenceMark }>(sql, [hash], signal);
    return fence?.mark ?? 0;
  }

  async condemned(signal: AbortSignal): Promise<readonly Condemnation[]> {
    const rows = await this.#read<{ hash: ContentHash; jobId: JobId; token: number; at: Date }>(
      `SELECT content_hash AS hash, job_id AS "jobId", token, condemned_at AS at
       FROM content_fences WHERE condemned_at IS NOT NULL ORDER BY content_hash`,
      [],
      signal,
    );
    return rows.map(({ hash, jobId, token, at }) => ({ hash, by: { jobId, token }, at }));
  }

  #read<Row>(sql: string, parameters: unknown[], signal: AbortSignal): Promise<Row[]> {
    return readWith(this.#source, signal, (manager) => manager.query<Row[]>(sql, parameters));
  }
}

import type { FindingsWanted, VerificationReader } from '#backups/application';
import type { Finding, VerificationMode, VerificationSnapshot } from '#backups/domain';
import { readWith } from '#platform/database';
import type { JobId } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import { SELECT_VERIFICATION, verificationOf, type VerificationRow } from './verification-row.ts';

export class TypeOrmVerificationReader implements VerificationReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  find(id: JobId, signal: AbortSignal): Promise<VerificationSnapshot | null> {
    return this.#one('WHERE id = $1', [id], signal);
  }

  latest(signal: AbortSignal): Promise<VerificationSnapshot | null> {
    return this.#one('ORDER BY started_at DESC LIMIT 1', [], signal);
  }

  latestPart(
    { mode, parts }: { readonly mode: VerificationMode; readonly parts: number },
    signal: AbortSignal,
  ): Promise<VerificationSnapshot | null> {
    const last = 'WHERE mode = $1 AND parts = $2 AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1';
    return this.#one(last, [mode, parts], signal);
  }

  findings({ id, after, limit }: FindingsWanted, signal: AbortSignal): Promise<readonly Finding[]> {
    const sql = `SELECT content_hash AS "contentHash", kind, by_hash AS "by", versions FROM store_findings
      WHERE verification_id = $1 AND content_hash > $2 ORDER BY content_hash LIMIT $3`;
    return readWith(this.#source, signal, (manager) => manager.query<Finding[]>(sql, [id, after ?? '', limit]));
  }

  async #one(which: string, parameters: unknown[], signal: AbortSignal): Promise<VerificationSnapshot | null> {
    const [row] = await readWith(this.#source, signal, (manager) =>
      manager.query<VerificationRow[]>(`${SELECT_VERIFICATION} ${which}`, parameters),
    );
    return row === undefined ? null : verificationOf(row);
  }
}

import { err, ok, type Result, type Secret } from '#kernel';
import { readWith } from '#platform/database';
import { TextSeal } from '#platform/secrets';
import type { StartCheck } from '#platform/system';
import type { DataSource } from 'typeorm';
import { PURPOSE } from './aes-gcm-credential-vault.ts';

type Parts = { readonly source: DataSource; readonly masterKey: Secret; readonly masterKeyLost: boolean };

/**
 * Whether any credentials in the database are sealed under this master key, if there are any. Some that are sealed under another
 * one are no reason not to start: a key was lost before, and not all credentials have been set again.
 */
export class VaultKeyCheck implements StartCheck {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async check(signal: AbortSignal): Promise<Result<void, string>> {
    const { source, masterKey, masterKeyLost } = this.#parts;
    const { keyId } = new TextSeal(masterKey, PURPOSE);
    const sql = `SELECT EXISTS (SELECT FROM devices WHERE credentials_key_id = $1) AS ours,
      EXISTS (SELECT FROM devices WHERE credentials_key_id <> $1) AS others`;
    const [{ ours, others }] = await readWith(source, signal, (manager) =>
      manager.query<[{ ours: boolean; others: boolean }]>(sql, [keyId]),
    );
    if (ours || !others || masterKeyLost) return ok();
    return err(
      'The credentials of all devices are sealed under another master key than LOCKSTEP_MASTER_KEY. Set it to the key that they ' +
        'are sealed under. If that key is lost, start with LOCKSTEP_MASTER_KEY_LOST=accepted, and set the credentials again.',
    );
  }
}

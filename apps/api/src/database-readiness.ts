import { err, ok, type Result } from '#kernel';
import { migrationStatus, readWith } from '#platform/database';
import { ReadinessCheck } from '#platform/http';
import type { DataSource } from 'typeorm';

/** The database answers, and has everything that this code expects of it. */
export class DatabaseReadiness extends ReadinessCheck {
  readonly name = 'database';
  readonly #source: DataSource;

  constructor(source: DataSource) {
    super();
    this.#source = source;
  }

  async check(signal: AbortSignal): Promise<Result<void, string>> {
    const { pending } = await readWith(this.#source, signal, ({ queryRunner }) =>
      migrationStatus(this.#source, queryRunner),
    );
    return pending.length === 0 ? ok() : err(`Migrations to be run: ${pending.length}.`);
  }
}

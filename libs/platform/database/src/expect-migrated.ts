import type { DataSource } from 'typeorm';
import { migrationStatus } from './migration-status.ts';

/** The code expects tables that the database does not have yet. */
export class MigrationsPending extends Error {
  readonly pending: readonly string[];

  constructor(pending: readonly string[]) {
    super(`The database lacks migrations (${pending.join(', ')}). Run \`npm run migrate -- up\` first.`);
    this.name = 'MigrationsPending';
    this.pending = pending;
  }
}

/** Throws {@link MigrationsPending} rather than let statements fail one by one, as if the database were broken. */
export async function expectMigrated(source: DataSource): Promise<void> {
  const { pending } = await migrationStatus(source);
  if (pending.length > 0) throw new MigrationsPending(pending);
}

import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../../../../..');

/** The timestamps of all migrations that any context has a file for, oldest first, whoever may have forgotten to list them. */
export function writtenMigrations(): string[] {
  const files = globSync('libs/*/infrastructure/src/migrations/[0-9]*-*.ts', { cwd: REPOSITORY });
  return files.map((file) => basename(file).split('-')[0] ?? '').sort();
}

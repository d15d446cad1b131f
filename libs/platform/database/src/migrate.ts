import type { DataSource } from 'typeorm';

export async function migrate(source: DataSource, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await source.runMigrations();
}

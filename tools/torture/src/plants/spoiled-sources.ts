import type { DataSource } from 'typeorm';
import type { EventEmitter } from 'node:events';

/** Nobody listens to the errors of connections: one that breaks while nobody waits for its answer ends the process. */
export function deafToErrors(database: DataSource): void {
  const pool = (database.driver as unknown as { master: EventEmitter }).master;
  pool.removeAllListeners('error');
}

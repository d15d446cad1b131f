import type { Config } from '#platform/config';
import { join } from 'node:path';

/** Where the embedded PostgreSQL lives, for every command and every app that starts it. */
export function embeddedFolder({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'postgres');
}

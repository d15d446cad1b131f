import { processEnvironment, readConfig } from '#platform/config';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of this clone's data, as every app finds it; the system's temporary folder where that is not set up. */
export function dataDirectory(): string {
  const config = readConfig(processEnvironment());
  return config.ok ? config.value.dataDirectory : join(tmpdir(), 'lockstep');
}

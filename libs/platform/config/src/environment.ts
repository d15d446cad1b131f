import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './read-variables.ts';

const ENV_FILE = join(resolve(import.meta.dirname, '../../../..'), '.env');

/** The variables of this process, and those of the repository's `.env` file that are not set otherwise. */
export function processEnvironment(): Environment {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
  return process.env;
}

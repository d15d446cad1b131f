import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './read-variables.ts';

const ENV_FILE = join(resolve(import.meta.dirname, '../../../..'), '.env');

/** The variables of this process, and those of the repository's `.env` file that are not set otherwise. */
export function processEnvironment(file = ENV_FILE): Environment {
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from './read-variables.ts';

const ENV_FILE = join(resolve(import.meta.dirname, '../../../..'), '.env');

/**
 * The variables of this process, and those of the repository's `.env` file that are not set otherwise. `LOCKSTEP_ENV_FILE`
 * names another file, which then has to be there: it throws where that cannot be read.
 */
export function processEnvironment(file = ENV_FILE): Environment {
  const named = process.env['LOCKSTEP_ENV_FILE'] ?? '';
  if (named !== '') process.loadEnvFile(named);
  else if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

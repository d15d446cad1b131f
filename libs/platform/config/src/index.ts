export { describeConfigInvalid, type ConfigInvalid, type ConfigProblem } from './config.errors.ts';
export type { Config, S3Config } from './config.ts';
export { processEnvironment } from './environment.ts';
export { readConfig } from './read-config.ts';
export type { Environment } from './read-variables.ts';

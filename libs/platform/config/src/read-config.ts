import { err, ok, Secret, type Result } from '#kernel';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { ConfigInvalid } from './config.errors.ts';
import type { Config } from './config.ts';
import { canUse, defaultDataDirectories, reachableByAll } from './data-directory.ts';
import { readS3 } from './read-s3.ts';
import { readVariables, type Environment } from './read-variables.ts';
import { storedSecret } from './stored-secret.ts';
import { isMasterKey, isToken, type VariableName } from './variables.ts';

const HOUR_MS = 3_600_000;
const REPOSITORY = resolve(import.meta.dirname, '../../../..');

/**
 * Reads the configuration. In development, what is not set and has to be secret is made at the first start and kept in
 * the data folder; production never makes any. Throws only when the data folder fails while it is read or written.
 */
export function readConfig(environment: Environment, repository = REPOSITORY): Result<Config, ConfigInvalid> {
  const read = readVariables(environment);
  if (!read.ok) return read;
  const values = read.value;
  const chosen = chooseDataDirectory(values.LOCKSTEP_DATA_DIR, repository);
  if (!chosen.ok) return chosen;
  const s3 = readS3(values);
  if (!s3.ok) return s3;
  const dataDirectory = chosen.value;
  const masterKey = secretFrom(values.LOCKSTEP_MASTER_KEY, join(dataDirectory, 'master-key'), 'base64');
  const token = secretFrom(values.LOCKSTEP_TOKEN, join(dataDirectory, 'token'), 'hex');
  if (!isMasterKey(masterKey.reveal())) return damaged('LOCKSTEP_MASTER_KEY', join(dataDirectory, 'master-key'));
  if (!isToken(token.reveal())) return damaged('LOCKSTEP_TOKEN', join(dataDirectory, 'token'));
  return ok({
    environment: values.LOCKSTEP_ENV ?? 'development',
    databaseUrl: secretOrNull(values.DATABASE_URL),
    http: { host: values.LOCKSTEP_HTTP_HOST, port: values.LOCKSTEP_HTTP_PORT },
    dataDirectory,
    postgresDirectory: join(dataDirectory, 'postgres'),
    storeDirectory: join(dataDirectory, 'store'),
    s3: s3.value,
    masterKey,
    masterKeyLost: values.LOCKSTEP_MASTER_KEY_LOST === 'accepted',
    token,
    logLevel: values.LOCKSTEP_LOG_LEVEL,
    worker: { concurrency: values.LOCKSTEP_WORKER_CONCURRENCY, leaseSeconds: values.LOCKSTEP_LEASE_SECONDS },
    queueCapacity: values.LOCKSTEP_QUEUE_CAPACITY,
    queue: { engine: values.LOCKSTEP_QUEUE, url: secretOrNull(values.LOCKSTEP_QUEUE_URL) },
    freshnessMs: values.LOCKSTEP_FRESHNESS_HOURS * HOUR_MS,
    webhooks: {
      allowedNetworks: values.LOCKSTEP_WEBHOOK_NETWORKS ?? [],
      allowLoopback: values.LOCKSTEP_ENV !== 'production',
    },
    recordings: values.LOCKSTEP_RECORDINGS === undefined ? null : resolve(repository, values.LOCKSTEP_RECORDINGS),
  });
}

function chooseDataDirectory(wanted: string | undefined, repository: string): Result<string, ConfigInvalid> {
  const candidates = wanted === undefined ? defaultDataDirectories(repository) : [resolve(repository, wanted)];
  const chosen = firstUsable(candidates);
  return chosen === undefined ? unusable(candidates) : ok(chosen);
}

/** The first that everybody can reach, or else the first at all. What is not needed is not made. */
function firstUsable(candidates: readonly string[]): string | undefined {
  let usable: string | undefined;
  for (const candidate of candidates) {
    if (!canUse(candidate)) continue;
    if (reachableByAll(candidate)) return candidate;
    usable ??= candidate;
  }
  return usable;
}

function secretFrom(given: string | undefined, file: string, encoding: 'base64' | 'hex'): Secret {
  return given === undefined ? storedSecret(file, () => randomBytes(32).toString(encoding)) : new Secret(given);
}

function secretOrNull(value: string | undefined): Secret | null {
  return value === undefined ? null : new Secret(value);
}

function unusable(candidates: readonly string[]): Result<never, ConfigInvalid> {
  const problem = `${candidates.join(' and ')} cannot be used: write a folder that this user can create and write.`;
  return err({ kind: 'ConfigInvalid', problems: [{ variable: 'LOCKSTEP_DATA_DIR', problem }] });
}

/** Not replaced by a new one: what an old master key has sealed would be lost for good. */
function damaged(variable: VariableName, file: string): Result<never, ConfigInvalid> {
  const problem = `${file} is damaged: restore it; or delete it, and what depends on it is lost.`;
  return err({ kind: 'ConfigInvalid', problems: [{ variable, problem }] });
}

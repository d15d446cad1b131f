import { err, ok, Secret, type Result } from '#kernel';
import type { ConfigInvalid } from './config.errors.ts';
import type { S3Config } from './config.ts';
import type { Values } from './read-variables.ts';
import type { VariableName } from './variables.ts';

/** The bucket that configurations are stored in; null when they are stored in files. */
export function readS3(values: Values): Result<S3Config | null, ConfigInvalid> {
  if (values.LOCKSTEP_STORE === 'fs') return ok(null);
  const { LOCKSTEP_S3_BUCKET: bucket, LOCKSTEP_S3_ACCESS_KEY_ID: id, LOCKSTEP_S3_SECRET_ACCESS_KEY: secret } = values;
  if (bucket === undefined)
    return missing('LOCKSTEP_S3_BUCKET', 'is required when LOCKSTEP_STORE is s3: write its name.');
  if (id === undefined && secret !== undefined) return missing('LOCKSTEP_S3_ACCESS_KEY_ID', HALF_A_KEY);
  if (id !== undefined && secret === undefined) return missing('LOCKSTEP_S3_SECRET_ACCESS_KEY', HALF_A_KEY);
  return ok({
    bucket,
    endpoint: values.LOCKSTEP_S3_ENDPOINT ?? null,
    region: values.LOCKSTEP_S3_REGION,
    prefix: values.LOCKSTEP_S3_PREFIX,
    credentials:
      id === undefined || secret === undefined ? null : { accessKeyId: id, secretAccessKey: new Secret(secret) },
  });
}

const HALF_A_KEY = 'is required: write both halves of an access key, or none.';

function missing(variable: VariableName, problem: string): Result<never, ConfigInvalid> {
  return err({ kind: 'ConfigInvalid', problems: [{ variable, problem }] });
}

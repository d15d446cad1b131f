/**
 * The fields that a log line may have. A name that is not here does not compile, and if it comes anyway its value is
 * withheld: what may be printed is decided by listing it, not by remembering to hide the rest. Add a name when its
 * values are harmless by nature: ids, counts, names of things; never input, credentials, or what a device said.
 */
export const FIELD_NAMES = [
  'address',
  'attempt',
  'bytes',
  'code',
  'count',
  'deviceId',
  'deviceName',
  'directory',
  'dueAt',
  'durationMs',
  'error',
  'fingerprint',
  'host',
  'jobId',
  'jobType',
  'jobTypes',
  'leaseToken',
  'method',
  'migrations',
  'model',
  'outcome',
  'pid',
  'port',
  'problems',
  'reason',
  'requestId',
  'route',
  'scheduleId',
  'scheduleName',
  'signal',
  'state',
  'status',
  'tick',
  'tickFrom',
  'tickUntil',
  'url',
  'versionId',
  'workerId',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

import { LOG_LEVELS } from '#platform/logging';
import { isIP } from 'node:net';
import { z } from 'zod';

const SHORTEST_TOKEN = 32;
const MASTER_KEY_BYTES = 32;

/**
 * Every environment variable that Lockstep reads: how its text becomes a value, the value when it is not set, and what to
 * write. The description finishes the sentence "write …" of an error message, and stands in `.env.example`.
 */
export const variables = {
  LOCKSTEP_ENV_FILE: z
    .string()
    .optional()
    .describe('a file like this one to read in place of .env, which has to be there; /dev/null reads none'),
  LOCKSTEP_ENV: z
    .enum(['development', 'production'])
    .optional()
    .describe('development or production; when not set, production if NODE_ENV is production'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('postgres://user:password@host:5432/database; in development an embedded PostgreSQL runs when not set'),
  LOCKSTEP_HTTP_PORT: wholeNumber(0, 65_535).prefault('3000').describe('a port from 0 to 65535; 0 takes a free one'),
  LOCKSTEP_HTTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .prefault('127.0.0.1')
    .describe('the address to listen on; 0.0.0.0 listens on all of them'),
  LOCKSTEP_DATA_DIR: z
    .string()
    .optional()
    .describe(
      'a folder; when not set, .lockstep in the repository, or a state folder of the user where that cannot be used',
    ),
  LOCKSTEP_MASTER_KEY: z
    .string()
    .refine(isMasterKey)
    .optional()
    .describe('32 random bytes as base64 (openssl rand -base64 32); in development made at the first start'),
  LOCKSTEP_MASTER_KEY_LOST: z
    .literal('accepted')
    .optional()
    .describe(
      'accepted to start with another master key than before; what was sealed under the old one stays unreadable',
    ),
  LOCKSTEP_TOKEN: z
    .string()
    .refine(isToken)
    .optional()
    .describe(
      'a bearer token of at least 32 characters (openssl rand -hex 32); in development made at the first start',
    ),
  LOCKSTEP_LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .prefault('info')
    .describe(`one of ${LOG_LEVELS.join(', ')}`),
  LOCKSTEP_WORKER_CONCURRENCY: wholeNumber(1, 256)
    .prefault('4')
    .describe('how many devices a worker talks to at once, from 1 to 256, with four times as many jobs'),
  LOCKSTEP_LEASE_SECONDS: wholeNumber(2, 3_600)
    .prefault('15')
    .describe('how long a claimed job is left alone after a sign of life, from 2 to 3600 seconds'),
  LOCKSTEP_QUEUE_CAPACITY: wholeNumber(1, 10_000_000)
    .prefault('100000')
    .describe('how many jobs may wait and run together, from 1 to 10000000; the same for every process'),
  LOCKSTEP_QUEUE: z
    .enum(['postgres', 'bullmq'])
    .prefault('postgres')
    .describe(
      'postgres to hand out jobs from the database, bullmq to have BullMQ say whose turn it is; for every worker',
    ),
  LOCKSTEP_QUEUE_URL: z
    .url({ protocol: /^(postgres(ql)?|rediss?)$/ })
    .optional()
    .describe(
      'redis://user:password@host:6379 or postgres://…, where BullMQ keeps its queue; DATABASE_URL when not set',
    ),
  LOCKSTEP_STORE: z
    .enum(['fs', 's3'])
    .prefault('fs')
    .describe('fs to store configurations in the data folder, s3 in a bucket'),
  LOCKSTEP_S3_BUCKET: z.string().min(3).optional().describe('the bucket, which has to be there; for s3 only'),
  LOCKSTEP_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('https://s3.example.net, of a server that is compatible with S3; Amazon when not set'),
  LOCKSTEP_S3_REGION: z
    .string()
    .regex(/^[\w-]+$/)
    .prefault('us-east-1')
    .describe('the region of the bucket'),
  LOCKSTEP_S3_PREFIX: z
    .string()
    .regex(/^[\w./-]*$/)
    .prefault('lockstep/')
    .describe('what the names of all objects begin with'),
  LOCKSTEP_S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe('the id of an access key; when not set, what the machine provides: environment, profile or role'),
  LOCKSTEP_S3_SECRET_ACCESS_KEY: z.string().optional().describe('the secret of that access key'),
  LOCKSTEP_FRESHNESS_HOURS: wholeNumber(1, 8_760)
    .prefault('26')
    .describe('how old the last good backup of a device may be before it counts as stale, from 1 to 8760 hours'),
  LOCKSTEP_WEBHOOK_NETWORKS: z
    .string()
    .refine(areNetworks)
    .transform((text) => text.split(','))
    .optional()
    .describe(
      'networks that are not public and that webhooks may reach all the same, such as 10.20.0.0/16,fd00:1::/64',
    ),
  LOCKSTEP_RECORDINGS: z
    .string()
    .optional()
    .describe('a folder of recorded device dialogues that the tests replay too'),
} satisfies Record<string, z.ZodType<unknown, string | undefined>>;

export type VariableName = keyof typeof variables;

/** Variables whose value must not appear in a message. */
export const secretVariables: ReadonlySet<string> = new Set<VariableName>([
  'DATABASE_URL',
  'LOCKSTEP_MASTER_KEY',
  'LOCKSTEP_TOKEN',
  'LOCKSTEP_QUEUE_URL',
  'LOCKSTEP_S3_SECRET_ACCESS_KEY',
]);

/** Variables that have no default in production: a generated or embedded one would be lost, or differ by machine. */
export const requiredInProduction: readonly VariableName[] = [
  'DATABASE_URL',
  'LOCKSTEP_DATA_DIR',
  'LOCKSTEP_MASTER_KEY',
  'LOCKSTEP_TOKEN',
];

export function isMasterKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === MASTER_KEY_BYTES && bytes.toString('base64') === text;
}

function areNetworks(text: string): boolean {
  return text.split(',').every((network) => {
    const [address = '', prefix = '', ...more] = network.split('/');
    const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    return more.length === 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits;
  });
}

/** The characters that a bearer token may have (RFC 6750), enough of them. */
export function isToken(text: string): boolean {
  return text.length >= SHORTEST_TOKEN && /^[\w.~+/-]+=*$/.test(text);
}

function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most));
}

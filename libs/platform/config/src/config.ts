import type { Secret } from '#kernel';
import type { LogLevel } from '#platform/logging';

export type S3Config = {
  readonly bucket: string;
  readonly endpoint: string | null;
  readonly region: string;
  readonly prefix: string;
  /** Null takes what the machine provides. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: Secret } | null;
};

/** What an app has to know before it starts. Read once, by its main, and handed on in parts. */
export type Config = {
  readonly environment: 'development' | 'production';
  /** Where the database is; null asks for the embedded one. Holds a password. */
  readonly databaseUrl: Secret | null;
  readonly http: { readonly host: string; readonly port: number };
  readonly dataDirectory: string;
  /** Where the embedded PostgreSQL keeps its cluster, inside the data folder. */
  readonly postgresDirectory: string;
  /** Where the stored configurations are, inside the data folder. */
  readonly storeDirectory: string;
  /** The bucket where they are instead; null when they are in the folder. */
  readonly s3: S3Config | null;
  /** Seals what is secret at rest: 32 bytes as base64. */
  readonly masterKey: Secret;
  /** Whether to start although what is stored was sealed under another master key. */
  readonly masterKeyLost: boolean;
  /** The bearer token that opens the API. */
  readonly token: Secret;
  readonly logLevel: LogLevel;
  readonly worker: { readonly concurrency: number; readonly leaseSeconds: number };
  /** How many jobs may wait and run together. */
  readonly queueCapacity: number;
  /** What hands out the jobs, and where BullMQ keeps its queue: null has it in the database of the jobs. */
  readonly queue: { readonly engine: 'postgres' | 'bullmq'; readonly url: Secret | null };
  /** How old the last success of a device may be before it is stale. */
  readonly freshnessMs: number;
  /** Where webhooks may go besides public addresses; in development also to this machine. */
  readonly webhooks: { readonly allowedNetworks: readonly string[]; readonly allowLoopback: boolean };
  /** A folder of recorded dialogues; only tests and replays read it. */
  readonly recordings: string | null;
};

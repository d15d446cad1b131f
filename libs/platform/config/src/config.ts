import type { Secret } from '#kernel';
import type { LogLevel } from '#platform/logging';

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
  /** Seals what is secret at rest: 32 bytes as base64. */
  readonly masterKey: Secret;
  /** The bearer token that opens the API. */
  readonly token: Secret;
  readonly logLevel: LogLevel;
  readonly worker: { readonly concurrency: number; readonly leaseSeconds: number };
  /** A folder of recorded dialogues; only tests and replays read it. */
  readonly recordings: string | null;
};

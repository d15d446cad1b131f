import {
  BackupsTransaction,
  BackupStatusReader,
  ConfigStore,
  Hashing,
  VersionReader,
  type FreshnessObjective,
} from '#backups/application';
import { Clock, Ids, type Secret } from '#kernel';
import { OutboxWithin } from '#notifications/contracts';
import { StartCheck } from '#platform/system';
import { JobsWithin } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmBackupsTransaction } from './database/typeorm-backups-transaction.ts';
import { TypeOrmBackupStatusReader } from './database/typeorm-backup-status-reader.ts';
import { TypeOrmVersionReader } from './database/typeorm-version-reader.ts';
import { Sha256Hashing } from './sha256-hashing.ts';
import type { BlobStore } from './store/blob-store.ts';
import { ContentSeal } from './store/content-seal.ts';
import { openBlobs, type StorePlace } from './store/open-blobs.ts';
import { SealedConfigStore } from './store/sealed-config-store.ts';
import { StoreKeyCheck } from './store/store-key-check.ts';

export type BackupsOptions = StorePlace & {
  /** Seals what is stored: 32 bytes as base64. */
  readonly masterKey: Secret;
  /** Whether to start although what is stored was sealed under another one. */
  readonly masterKeyLost?: boolean;
  /** How old the last success of a device may be before it is stale. 26 hours unless told: a day, and time for the round. */
  readonly freshnessMs?: number;
};

const HOUR_MS = 3_600_000;

export function freshnessOf({ freshnessMs = 26 * HOUR_MS }: BackupsOptions): FreshnessObjective {
  return { milliseconds: freshnessMs };
}

/** What the API and the worker both stand on. */
export function bindStores({ bind }: ContainerModuleLoadOptions, options: BackupsOptions): void {
  bind(BackupsTransaction)
    .toResolvedValue(
      (dataSource, jobsWithin, outboxWithin) => new TypeOrmBackupsTransaction(dataSource, jobsWithin, outboxWithin),
      [DataSource, JobsWithin, OutboxWithin],
    )
    .inSingletonScope();
  bind(BackupStatusReader)
    .toResolvedValue((dataSource) => new TypeOrmBackupStatusReader(dataSource), [DataSource])
    .inSingletonScope();
  bind(VersionReader)
    .toResolvedValue((dataSource) => new TypeOrmVersionReader(dataSource), [DataSource])
    .inSingletonScope();
  bind(Hashing)
    .toResolvedValue(() => new Sha256Hashing(), [])
    .inSingletonScope();
  bind(ConfigStore)
    .toResolvedValue(
      (hashing, clock, ids) =>
        new SealedConfigStore(openBlobs(options, clock, ids), { seal: new ContentSeal(options.masterKey), hashing }),
      [Hashing, Clock, Ids],
    )
    .inSingletonScope();
  bind(StartCheck)
    .toResolvedValue((clock, ids) => storeKeyCheck(options, openBlobs(options, clock, ids)), [Clock, Ids])
    .inSingletonScope();
}

function storeKeyCheck(
  { masterKey, masterKeyLost = false, s3, storeDirectory }: BackupsOptions,
  blobs: BlobStore,
): StoreKeyCheck {
  const place = s3 ? `${s3.endpoint ?? 's3:/'}/${s3.bucket}/${s3.prefix}` : storeDirectory;
  return new StoreKeyCheck(blobs, { keyId: new ContentSeal(masterKey).keyId, place, masterKeyLost });
}

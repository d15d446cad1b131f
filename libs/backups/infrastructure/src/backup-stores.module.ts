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
import { JobsWithin } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmBackupsTransaction } from './database/typeorm-backups-transaction.ts';
import { TypeOrmBackupStatusReader } from './database/typeorm-backup-status-reader.ts';
import { TypeOrmVersionReader } from './database/typeorm-version-reader.ts';
import { Sha256Hashing } from './sha256-hashing.ts';
import { ContentSeal } from './store/content-seal.ts';
import { FsBlobStore } from './store/fs-blob-store.ts';
import { NodeStoreFiles } from './store/node-store-files.ts';
import { SealedConfigStore } from './store/sealed-config-store.ts';
import { TemporaryNames, thisProcess } from './store/temporary-names.ts';

export type BackupsOptions = {
  readonly storeDirectory: string;
  /** Seals what is stored: 32 bytes as base64. */
  readonly masterKey: Secret;
  /** How old the last success of a device may be before it is stale. 26 hours unless told: a day, and time for the round. */
  readonly freshnessMs?: number;
};

const HOUR_MS = 3_600_000;

export function freshnessOf({ freshnessMs = 26 * HOUR_MS }: BackupsOptions): FreshnessObjective {
  return { milliseconds: freshnessMs };
}

const namesInUse = new Set<string>();

/** What the API and the worker both stand on. */
export function bindStores({ bind }: ContainerModuleLoadOptions, { storeDirectory, masterKey }: BackupsOptions): void {
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
      (hashing, clock, ids) => {
        const names = new TemporaryNames(ids, thisProcess, namesInUse);
        const blobs = new FsBlobStore(storeDirectory, { files: new NodeStoreFiles(), names, clock });
        return new SealedConfigStore(blobs, { seal: new ContentSeal(masterKey), hashing });
      },
      [Hashing, Clock, Ids],
    )
    .inSingletonScope();
}

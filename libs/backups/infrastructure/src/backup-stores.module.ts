import { BackupsTransaction, ConfigStore, Hashing, VersionReader } from '#backups/application';
import { Clock, Ids, type Secret } from '#kernel';
import { JobsWithin } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmBackupsTransaction } from './database/typeorm-backups-transaction.ts';
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
};

const namesInUse = new Set<string>();

/** What the API and the worker both stand on. */
export function bindStores({ bind }: ContainerModuleLoadOptions, { storeDirectory, masterKey }: BackupsOptions): void {
  bind(BackupsTransaction)
    .toResolvedValue(
      (dataSource, jobsWithin) => new TypeOrmBackupsTransaction(dataSource, jobsWithin),
      [DataSource, JobsWithin],
    )
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

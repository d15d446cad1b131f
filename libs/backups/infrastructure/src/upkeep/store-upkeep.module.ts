import {
  BackupsTransaction,
  Hashing,
  RetainVersions,
  StoredContents,
  SweepUnreferenced,
  VerificationReader,
  VerifyStore,
  VersionInventory,
  VersionReader,
} from '#backups/application';
import { Clock, Ids } from '#kernel';
import { JobHandler } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import type { BackupsOptions } from '../backup-stores.module.ts';
import { TypeOrmVerificationReader } from '../database/typeorm-verification-reader.ts';
import { ContentSeal } from '../store/content-seal.ts';
import { openBlobs } from '../store/open-blobs.ts';
import { SealedContents } from '../store/sealed-contents.ts';
import { StoreRetentionHandler } from './store-retention-handler.ts';
import { StoreSweepHandler } from './store-sweep-handler.ts';
import { StoreVerifyHandler } from './store-verify-handler.ts';

/** A day, which is longer than any attempt: what is younger may be about to be named by a version. */
const GRACE_MS = 86_400_000;

/** What the worker does to look after the store. */
export function bindStoreUpkeep({ bind }: ContainerModuleLoadOptions, options: BackupsOptions): void {
  bind(StoredContents)
    .toResolvedValue(
      (hashing, clock, ids) =>
        new SealedContents(openBlobs(options, clock, ids), { seal: new ContentSeal(options.masterKey), hashing }),
      [Hashing, Clock, Ids],
    )
    .inSingletonScope();
  bind(VerificationReader)
    .toResolvedValue((dataSource) => new TypeOrmVerificationReader(dataSource), [DataSource])
    .inSingletonScope();
  bind(VerifyStore)
    .toResolvedValue(
      (contents, inventory, reader, transaction, clock) =>
        new VerifyStore({ contents, inventory, reader, transaction, clock }),
      [StoredContents, VersionInventory, VerificationReader, BackupsTransaction, Clock],
    )
    .inSingletonScope();
  bind(SweepUnreferenced)
    .toResolvedValue(
      (contents, inventory, transaction, clock) => new SweepUnreferenced({ contents, inventory, transaction, clock }),
      [StoredContents, VersionInventory, BackupsTransaction, Clock],
    )
    .inSingletonScope();
  bind(RetainVersions)
    .toResolvedValue(
      (inventory, reader, transaction, clock) => new RetainVersions({ inventory, reader, transaction, clock }),
      [VersionInventory, VersionReader, BackupsTransaction, Clock],
    )
    .inSingletonScope();
  bind(JobHandler)
    .toResolvedValue((verify) => new StoreVerifyHandler(verify, GRACE_MS), [VerifyStore])
    .inSingletonScope();
  bind(JobHandler)
    .toResolvedValue((sweep) => new StoreSweepHandler(sweep, GRACE_MS), [SweepUnreferenced])
    .inSingletonScope();
  bind(JobHandler)
    .toResolvedValue(
      (retain, sweep) => new StoreRetentionHandler(retain, sweep, GRACE_MS),
      [RetainVersions, SweepUnreferenced],
    )
    .inSingletonScope();
}

import { BackupsTransaction, ReadVerification, RequestUpkeep, VerificationReader } from '#backups/application';
import { Clock, Ids } from '#kernel';
import { HttpRoutes, ReadinessCheck } from '#platform/http';
import { JobType } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import type { BackupsOptions } from '../backup-stores.module.ts';
import { TypeOrmVerificationReader } from '../database/typeorm-verification-reader.ts';
import { openBlobs } from '../store/open-blobs.ts';
import { StoreReadiness } from '../store/store-readiness.ts';
import { storeJobTypes } from './store-payloads.ts';
import { StoreRoutes } from './store-routes.ts';

/** What the API does for those who look after the store. */
export function bindStoreRoutes({ bind }: ContainerModuleLoadOptions, options: BackupsOptions): void {
  bind(ReadinessCheck)
    .toResolvedValue((clock, ids) => new StoreReadiness(openBlobs(options, clock, ids)), [Clock, Ids])
    .inSingletonScope();
  bind(VerificationReader)
    .toResolvedValue((dataSource) => new TypeOrmVerificationReader(dataSource), [DataSource])
    .inSingletonScope();
  bind(RequestUpkeep)
    .toResolvedValue((transaction) => new RequestUpkeep(transaction), [BackupsTransaction])
    .inSingletonScope();
  bind(ReadVerification)
    .toResolvedValue((reader) => new ReadVerification(reader), [VerificationReader])
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue((request, read) => new StoreRoutes(request, read), [RequestUpkeep, ReadVerification])
    .inSingletonScope();
  for (const type of storeJobTypes) bind(JobType).toConstantValue(type);
}

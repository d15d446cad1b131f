import { DeviceDirectory } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import { JobsWithin } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';

export type Surroundings = {
  readonly devices: DeviceDirectory;
  readonly jobs: JobsWithin;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Left out where nothing is to be stored in a database. */
  readonly source?: DataSource;
};

/** What the modules of backups need from outside. */
export function surroundingsModule({ devices, jobs, clock, ids, source }: Surroundings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DeviceDirectory).toConstantValue(devices);
    bind(JobsWithin).toConstantValue(jobs);
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    if (source !== undefined) bind(DataSource).toConstantValue(source);
  });
}

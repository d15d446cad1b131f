import { DeviceDirectory } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import { OutboxWithin } from '#notifications/contracts';
import { JobsWithin, UnfinishedJobs } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';

export type Surroundings = {
  readonly devices: DeviceDirectory;
  readonly jobs: JobsWithin;
  readonly unfinishedJobs: UnfinishedJobs;
  readonly outbox: OutboxWithin;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Left out where nothing is to be stored in a database. */
  readonly source?: DataSource;
};

/** What the modules of backups need from outside. */
export function surroundingsModule({
  devices,
  jobs,
  unfinishedJobs,
  outbox,
  clock,
  ids,
  source,
}: Surroundings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DeviceDirectory).toConstantValue(devices);
    bind(JobsWithin).toConstantValue(jobs);
    bind(UnfinishedJobs).toConstantValue(unfinishedJobs);
    bind(OutboxWithin).toConstantValue(outbox);
    bind(Clock).toConstantValue(clock);
    bind(Ids).toConstantValue(ids);
    if (source !== undefined) bind(DataSource).toConstantValue(source);
  });
}

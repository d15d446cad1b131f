import { BACKUP_JOB, ConfigStore, RequestBackups } from '#backups/application';
import { backupsModule, backupsSchema } from '#backups/infrastructure';
import { PinHostKey, RegisterDevice } from '#devices/application';
import { devicesModule, devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { notificationsSchema, outboxModule } from '#notifications/infrastructure';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { schedulingModule, schedulingSchema } from '#scheduling/infrastructure';
import { Container } from 'inversify';
import { DataSource } from 'typeorm';

export const siteSchemas = [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema];

/** What an installation's people do, register devices and ask for backups, and its store of configurations. */
export type Site = {
  readonly store: ConfigStore;
  readonly register: RegisterDevice;
  readonly pin: PinHostKey;
  readonly request: RequestBackups;
};

export function composeSite(source: DataSource, place: { storeDirectory: string; masterKey: string }): Site {
  const masterKey = new Secret(place.masterKey);
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    outboxModule(),
    loggingModule({ level: 'error' }),
    schedulingModule({ jobTypes: [BACKUP_JOB] }),
    devicesModule({ masterKey }),
    backupsModule({ storeDirectory: place.storeDirectory, masterKey }),
  );
  container.bind(DataSource).toConstantValue(source);
  return {
    store: container.get(ConfigStore),
    register: container.get(RegisterDevice),
    pin: container.get(PinHostKey),
    request: container.get(RequestBackups),
  };
}

import { BACKUP_JOB, RequestBackups } from '#backups/application';
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

/** What the people of a site do: register devices and ask for backups. */
export type SiteApi = {
  readonly register: RegisterDevice;
  readonly pin: PinHostKey;
  readonly request: RequestBackups;
};

export function composeSiteApi(source: DataSource, place: { storeDirectory: string; masterKey: string }): SiteApi {
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
    register: container.get(RegisterDevice),
    pin: container.get(PinHostKey),
    request: container.get(RequestBackups),
  };
}

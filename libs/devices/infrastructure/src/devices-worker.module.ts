import { CredentialVault } from '#devices/application';
import { DeviceDirectory } from '#devices/contracts';
import type { Secret } from '#kernel';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmDeviceDirectory } from './database/typeorm-device-directory.ts';
import { AesGcmCredentialVault } from './vault/aes-gcm-credential-vault.ts';

/** What the worker needs of this context: how to log in to a device. */
export function devicesWorkerModule({ masterKey }: { masterKey: Secret }): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(CredentialVault)
      .toResolvedValue(() => new AesGcmCredentialVault(masterKey), [])
      .inSingletonScope();
    bind(DeviceDirectory)
      .toResolvedValue((source, vault) => new TypeOrmDeviceDirectory(source, vault), [DataSource, CredentialVault])
      .inSingletonScope();
  });
}

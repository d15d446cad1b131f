import { CredentialVault } from '#devices/application';
import { DeviceDirectory } from '#devices/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmDeviceDirectory } from './database/typeorm-device-directory.ts';
import { AesGcmCredentialVault } from './vault/aes-gcm-credential-vault.ts';
import { bindVaultKeyCheck, type VaultOptions } from './vault/vault-key-check.module.ts';

/** What the worker needs of this context: how to log in to a device. */
export function devicesWorkerModule(options: VaultOptions): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bindVaultKeyCheck(bind, options);
    bind(CredentialVault)
      .toResolvedValue(() => new AesGcmCredentialVault(options.masterKey), [])
      .inSingletonScope();
    bind(DeviceDirectory)
      .toResolvedValue((source, vault) => new TypeOrmDeviceDirectory(source, vault), [DataSource, CredentialVault])
      .inSingletonScope();
  });
}

import {
  AddDeviceTag,
  ChangeDevice,
  CredentialVault,
  DeviceReader,
  DevicesTransaction,
  FindDevice,
  DeviceTable,
  HostKeyScanner,
  ImportDevices,
  ListDevices,
  ListTags,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  RemoveDeviceTag,
  RenameTag,
  ScanHostKey,
  SetDeviceEnabled,
} from '#devices/application';
import { DeviceDirectory, ModelCatalogue } from '#devices/contracts';
import { HttpRoutes } from '#platform/http';
import { ContainerModule, type ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmDeviceDirectory } from './database/typeorm-device-directory.ts';
import { TypeOrmDeviceReader } from './database/typeorm-device-reader.ts';
import { TypeOrmDevicesTransaction } from './database/typeorm-devices-transaction.ts';
import { bindUseCases } from './device-use-cases.module.ts';
import { DeviceRoutes } from './http/device-routes.ts';
import { ImportRoutes } from './http/import-routes.ts';
import { TagRoutes } from './http/tag-routes.ts';
import { SshHostKeyScanner } from './ssh-host-key-scanner.ts';
import { CsvDeviceTable } from './table/csv-device-table.ts';
import { AesGcmCredentialVault } from './vault/aes-gcm-credential-vault.ts';
import { bindVaultKeyCheck, type VaultOptions } from './vault/vault-key-check.module.ts';

/** Who implements what in this context. Needs `DataSource`, `Clock`, `Ids` and `ModelCatalogue` from outside. */
export function devicesModule(options: VaultOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    bindVaultKeyCheck(bind, options);
    bind(DevicesTransaction)
      .toResolvedValue((source) => new TypeOrmDevicesTransaction(source), [DataSource])
      .inSingletonScope();
    bind(DeviceReader)
      .toResolvedValue((source) => new TypeOrmDeviceReader(source), [DataSource])
      .inSingletonScope();
    bind(CredentialVault)
      .toResolvedValue(() => new AesGcmCredentialVault(options.masterKey), [])
      .inSingletonScope();
    bind(HostKeyScanner)
      .toResolvedValue(() => new SshHostKeyScanner(), [])
      .inSingletonScope();
    bind(DeviceTable)
      .toResolvedValue(() => new CsvDeviceTable(), [])
      .inSingletonScope();
    bind(DeviceDirectory)
      .toResolvedValue((source, vault) => new TypeOrmDeviceDirectory(source, vault), [DataSource, CredentialVault])
      .inSingletonScope();
    bindUseCases(load);
    bindRoutes(load);
  });
}

function bindRoutes({ bind }: ContainerModuleLoadOptions): void {
  bind(HttpRoutes)
    .toResolvedValue(
      (catalogue, register, list, find, change, setDeviceEnabled, remove, scanHostKey, pinHostKey) =>
        new DeviceRoutes(
          { register, list, find, change, setEnabled: setDeviceEnabled, remove, scanHostKey, pinHostKey },
          catalogue,
        ),
      [
        ModelCatalogue,
        RegisterDevice,
        ListDevices,
        FindDevice,
        ChangeDevice,
        SetDeviceEnabled,
        RemoveDevice,
        ScanHostKey,
        PinHostKey,
      ],
    )
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue(
      (addDeviceTag, removeDeviceTag, renameTag, listTags) =>
        new TagRoutes({ addTag: addDeviceTag, removeTag: removeDeviceTag, renameTag, listTags }),
      [AddDeviceTag, RemoveDeviceTag, RenameTag, ListTags],
    )
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue((importDevices) => new ImportRoutes(importDevices), [ImportDevices])
    .inSingletonScope();
}

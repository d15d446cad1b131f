import {
  ChangeDevice,
  CredentialVault,
  DeviceReader,
  DevicesTransaction,
  FindDevice,
  HostKeyScanner,
  ListDevices,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  ScanHostKey,
} from '#devices/application';
import { DeviceDirectory, ModelCatalogue } from '#devices/contracts';
import { Clock, Ids, type Secret } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { TypeOrmDeviceDirectory } from './database/typeorm-device-directory.ts';
import { TypeOrmDeviceReader } from './database/typeorm-device-reader.ts';
import { TypeOrmDevicesTransaction } from './database/typeorm-devices-transaction.ts';
import { DeviceRoutes } from './http/device-routes.ts';
import { SshHostKeyScanner } from './ssh-host-key-scanner.ts';
import { AesGcmCredentialVault } from './vault/aes-gcm-credential-vault.ts';

/** Who implements what in this context. Needs `DataSource`, `Clock`, `Ids` and `ModelCatalogue` from outside. */
export function devicesModule({ masterKey }: { masterKey: Secret }): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DevicesTransaction)
      .toResolvedValue((source) => new TypeOrmDevicesTransaction(source), [DataSource])
      .inSingletonScope();
    bind(DeviceReader)
      .toResolvedValue((source) => new TypeOrmDeviceReader(source), [DataSource])
      .inSingletonScope();
    bind(CredentialVault)
      .toResolvedValue(() => new AesGcmCredentialVault(masterKey), [])
      .inSingletonScope();
    bind(HostKeyScanner)
      .toResolvedValue(() => new SshHostKeyScanner(), [])
      .inSingletonScope();
    bind(DeviceDirectory)
      .toResolvedValue((source, vault) => new TypeOrmDeviceDirectory(source, vault), [DataSource, CredentialVault])
      .inSingletonScope();

    bind(RegisterDevice)
      .toResolvedValue(
        (transaction, vault, catalogue, clock, ids) => new RegisterDevice(transaction, vault, catalogue, clock, ids),
        [DevicesTransaction, CredentialVault, ModelCatalogue, Clock, Ids],
      )
      .inSingletonScope();
    bind(ChangeDevice)
      .toResolvedValue(
        (transaction, vault, catalogue, clock) => new ChangeDevice(transaction, vault, catalogue, clock),
        [DevicesTransaction, CredentialVault, ModelCatalogue, Clock],
      )
      .inSingletonScope();
    bind(RemoveDevice)
      .toResolvedValue((transaction) => new RemoveDevice(transaction), [DevicesTransaction])
      .inSingletonScope();
    bind(ScanHostKey)
      .toResolvedValue((reader, scanner) => new ScanHostKey(reader, scanner), [DeviceReader, HostKeyScanner])
      .inSingletonScope();
    bind(PinHostKey)
      .toResolvedValue((transaction, clock) => new PinHostKey(transaction, clock), [DevicesTransaction, Clock])
      .inSingletonScope();
    bind(FindDevice)
      .toResolvedValue((reader) => new FindDevice(reader), [DeviceReader])
      .inSingletonScope();
    bind(ListDevices)
      .toResolvedValue((reader) => new ListDevices(reader), [DeviceReader])
      .inSingletonScope();

    bind(HttpRoutes)
      .toResolvedValue(
        (register, list, find, change, remove, scanHostKey, pinHostKey) =>
          new DeviceRoutes({ register, list, find, change, remove, scanHostKey, pinHostKey }),
        [RegisterDevice, ListDevices, FindDevice, ChangeDevice, RemoveDevice, ScanHostKey, PinHostKey],
      )
      .inSingletonScope();
  });
}

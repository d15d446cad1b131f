import {
  AddDeviceTag,
  ChangeDevice,
  CredentialVault,
  DeviceReader,
  DevicesTransaction,
  DeviceTable,
  FindDevice,
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
import { ModelCatalogue } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import type { ContainerModuleLoadOptions } from 'inversify';

/** What can be done with devices, over whatever adapters are bound beside it. */
export function bindUseCases({ bind }: ContainerModuleLoadOptions): void {
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
  bind(SetDeviceEnabled)
    .toResolvedValue((transaction, clock) => new SetDeviceEnabled(transaction, clock), [DevicesTransaction, Clock])
    .inSingletonScope();
  bind(RemoveDevice)
    .toResolvedValue((transaction) => new RemoveDevice(transaction), [DevicesTransaction])
    .inSingletonScope();

  bind(ImportDevices)
    .toResolvedValue(
      (table, transaction, vault, catalogue, clock, ids) =>
        new ImportDevices(table, { transaction, vault, catalogue, clock, ids }),
      [DeviceTable, DevicesTransaction, CredentialVault, ModelCatalogue, Clock, Ids],
    )
    .inSingletonScope();

  bind(ScanHostKey)
    .toResolvedValue((reader, scanner) => new ScanHostKey(reader, scanner), [DeviceReader, HostKeyScanner])
    .inSingletonScope();
  bind(PinHostKey)
    .toResolvedValue((transaction, clock) => new PinHostKey(transaction, clock), [DevicesTransaction, Clock])
    .inSingletonScope();

  bind(AddDeviceTag)
    .toResolvedValue((transaction, clock) => new AddDeviceTag(transaction, clock), [DevicesTransaction, Clock])
    .inSingletonScope();
  bind(RemoveDeviceTag)
    .toResolvedValue((transaction, clock) => new RemoveDeviceTag(transaction, clock), [DevicesTransaction, Clock])
    .inSingletonScope();
  bind(RenameTag)
    .toResolvedValue((transaction, clock) => new RenameTag(transaction, clock), [DevicesTransaction, Clock])
    .inSingletonScope();

  bind(FindDevice)
    .toResolvedValue((reader) => new FindDevice(reader), [DeviceReader])
    .inSingletonScope();
  bind(ListDevices)
    .toResolvedValue((reader) => new ListDevices(reader), [DeviceReader])
    .inSingletonScope();
  bind(ListTags)
    .toResolvedValue((reader) => new ListTags(reader), [DeviceReader])
    .inSingletonScope();
}

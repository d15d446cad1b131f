export { CredentialVault } from './ports/credential-vault.ts';
export {
  DEVICE_SORT_FIELDS,
  DeviceReader,
  type DevicePageRequest,
  type DevicePlace,
  type DeviceSort,
  type DeviceSortField,
  type DeviceView,
  type TagCount,
  type TagPageRequest,
} from './ports/device-reader.ts';
export {
  DEVICE_COLUMNS,
  DeviceTable,
  type DeviceColumn,
  type DeviceTableLimits,
  type DeviceTableRow,
  type TableRefused,
} from './ports/device-table.ts';
export { Devices, type DeviceUpdateRefused } from './ports/devices.ts';
export { DevicesTransaction, type DevicesStores } from './ports/devices-transaction.ts';
export { HostKeyScanner, type HostKeyScanTarget, type ScanFailed } from './ports/host-key-scanner.ts';
export { FindDevice, type FindDeviceError, type FindDeviceQuery } from './queries/find-device.ts';
export { ListDevices, LONGEST_DEVICE_PAGE, type ListDevicesQuery, type ListedDevices } from './queries/list-devices.ts';
export { ListTags, LONGEST_TAG_PAGE, type ListTagsQuery, type ListedTags } from './queries/list-tags.ts';
export { AddDeviceTag, type AddDeviceTagCommand, type AddDeviceTagError } from './use-cases/add-device-tag.ts';
export { ChangeDevice, type ChangeDeviceCommand, type ChangeDeviceError } from './use-cases/change-device.ts';
export {
  IMPORT_LIMITS,
  IMPORT_MS,
  ImportDevices,
  type ImportDevicesCommand,
  type ImportDevicesError,
} from './use-cases/import-devices.ts';
export type { ImportReport, RowOutcome, RowRefused, RowReport } from './import/import-report.ts';
export type { ImportOptions, ImportPorts } from './import/import-row.ts';
export { PinHostKey, type PinHostKeyCommand, type PinHostKeyError } from './use-cases/pin-host-key.ts';
export { RegisterDevice, type RegisterDeviceCommand, type RegisterDeviceError } from './use-cases/register-device.ts';
export {
  RemoveDeviceTag,
  type RemoveDeviceTagCommand,
  type RemoveDeviceTagError,
} from './use-cases/remove-device-tag.ts';
export { RemoveDevice, type RemoveDeviceCommand, type RemoveDeviceError } from './use-cases/remove-device.ts';
export {
  ScanHostKey,
  type ScanHostKeyCommand,
  type ScanHostKeyError,
  type ScannedHostKey,
} from './use-cases/scan-host-key.ts';
export {
  SetDeviceEnabled,
  type SetDeviceEnabledCommand,
  type SetDeviceEnabledError,
} from './use-cases/set-device-enabled.ts';
export { RenameTag, type RenamedTag, type RenameTagCommand, type RenameTagError } from './use-cases/rename-tag.ts';

export { aDeviceAccess } from './a-device-access.ts';
export { deviceDirectoryContract, type DeviceDirectoryUnderTest } from './device-directory.contract.ts';
export { InMemoryDeviceDirectory, type RegisteredDevice } from './in-memory-device-directory.ts';
export { isSelected, type Selectable } from './is-selected.ts';
export { modelCatalogueContract } from './model-catalogue.contract.ts';
export { revealed } from './revealed.ts';

export { CredentialsUnreadable } from './credentials-unreadable.ts';
export {
  DeviceDirectory,
  type DeviceAccess,
  type DeviceCredentials,
  type DeviceId,
  type DeviceReady,
  type DeviceSelectionPage,
  type HostKey,
  type KnownDevice,
  type SelectedDevices,
} from './device-directory.ts';
export type { DeviceSelection, TagSelection } from './device-selection.ts';
export { ModelCatalogue } from './model-catalogue.ts';

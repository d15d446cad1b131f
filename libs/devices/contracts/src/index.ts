export { CredentialsUnreadable } from './credentials-unreadable.ts';
export {
  DeviceDirectory,
  type DeviceAccess,
  type DeviceCredentials,
  type DeviceId,
  type HostKey,
  type KnownDevice,
} from './device-directory.ts';
export { ModelCatalogue } from './model-catalogue.ts';

export { Device, type DeviceChange, type DeviceSnapshot, type HostKeyPin, type NewDevice } from './device.ts';
export type {
  DeviceNameTaken,
  DeviceNotFound,
  InvalidDeviceAddress,
  InvalidDeviceName,
  InvalidHostKey,
  InvalidPort,
  InvalidTag,
  StaleDevice,
  TagNotFound,
  TooManyTags,
  UnknownModel,
} from './device.errors.ts';
export { DeviceAddress } from './device-address.ts';
export {
  parseDeviceDetails,
  type DeviceDetails,
  type DeviceDetailsText,
  type InvalidDeviceDetails,
} from './device-details.ts';
export type { DeviceId } from './device-id.ts';
export { DeviceName } from './device-name.ts';
export { HOST_KEY_ALGORITHMS, HostKey, type HostKeyText } from './host-key.ts';
export { ModelName } from './model-name.ts';
export { Port } from './port.ts';
export type { SealedCredentials } from './sealed-credentials.ts';
export { MOST_TAGS, parseTags, Tag, type TagRenaming } from './tag.ts';

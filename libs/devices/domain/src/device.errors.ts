import type { DeviceId } from './device-id.ts';

export type InvalidDeviceName = { readonly kind: 'InvalidDeviceName'; readonly name: string };
export type InvalidDeviceAddress = { readonly kind: 'InvalidDeviceAddress'; readonly address: string };
export type InvalidPort = { readonly kind: 'InvalidPort'; readonly port: number };
export type InvalidHostKey = {
  readonly kind: 'InvalidHostKey';
  readonly algorithm: string;
  readonly fingerprint: string;
};
export type InvalidTag = { readonly kind: 'InvalidTag'; readonly tag: string };
export type TooManyTags = { readonly kind: 'TooManyTags'; readonly most: number };
export type UnknownModel = { readonly kind: 'UnknownModel'; readonly model: string; readonly known: readonly string[] };

export type DeviceNameTaken = { readonly kind: 'DeviceNameTaken'; readonly name: string };
export type DeviceNotFound = { readonly kind: 'DeviceNotFound'; readonly deviceId: DeviceId };
/** No device has this tag. */
export type TagNotFound = { readonly kind: 'TagNotFound'; readonly tag: string };

/** The device has changed since `version`, on which the refused change was based. */
export type StaleDevice = { readonly kind: 'StaleDevice'; readonly deviceId: DeviceId; readonly version: number };

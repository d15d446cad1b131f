import { ok, type Result } from '#kernel';
import type { InvalidDeviceAddress, InvalidDeviceName, InvalidPort, UnknownModel } from './device.errors.ts';
import { DeviceAddress } from './device-address.ts';
import { DeviceName } from './device-name.ts';
import { ModelName } from './model-name.ts';
import { Port } from './port.ts';

/** What people decide about a device. */
export type DeviceDetails = {
  readonly name: DeviceName;
  readonly address: DeviceAddress;
  readonly port: Port;
  readonly model: ModelName;
};

/** The same as it was written down, before it was checked. */
export type DeviceDetailsText = {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly model: string;
};

export type InvalidDeviceDetails = InvalidDeviceName | InvalidDeviceAddress | InvalidPort | UnknownModel;

export function parseDeviceDetails(
  text: DeviceDetailsText,
  knownModels: readonly string[],
): Result<DeviceDetails, InvalidDeviceDetails> {
  const name = DeviceName.parse(text.name);
  if (!name.ok) return name;
  const address = DeviceAddress.parse(text.address);
  if (!address.ok) return address;
  const port = Port.parse(text.port);
  if (!port.ok) return port;
  const model = ModelName.parse(text.model, knownModels);
  if (!model.ok) return model;
  return ok({ name: name.value, address: address.value, port: port.value, model: model.value });
}

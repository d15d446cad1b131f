import { ListDevices, type DeviceView, type ListDevicesQuery } from '#devices/application';
import { deviceListQuery, deviceProblem, deviceRepresentation, encodeDeviceCursor } from '#devices/infrastructure';
import {
  AddDeviceTag,
  PinHostKey,
  RemoveDevice,
  RemoveDeviceTag,
  ScanHostKey,
  SetDeviceEnabled,
} from '#devices/application';
import { orRefused, type Desk } from '../desk.ts';
import { deviceOf } from '../find.ts';
import { parsed } from '../parse.ts';
import { described, listed, moment } from '../text.ts';

const BY_NAME = { field: 'name', descending: false } as const;

/** Options with the names of the API's query; only `--no-` means something else to the command line. */
export async function listDevices(
  desk: Desk,
  { json: _, withoutTag: noTag, ...options }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const query: ListDevicesQuery = parsed(deviceListQuery, { ...options, noTag });
  const { devices, next } = await (await desk.get(ListDevices)).execute(query, { signal: desk.signal });
  const cursor = next && encodeDeviceCursor(next, query.sort ?? BY_NAME);
  desk.show({ items: devices.map(deviceRepresentation), next: cursor }, () =>
    listed(
      ['name', 'address', 'port', 'model', 'enabled', 'host key', 'tags', 'id'],
      devices.map(({ name, address, port, model, enabled, hostKey, tags, id }) => [
        ...[name, address, String(port), model, enabled ? 'yes' : 'no', hostKey === null ? 'none' : 'pinned'],
        ...[tags.join(' '), id],
      ]),
      { none: 'There is no such device.', next: cursor },
    ),
  );
}

export async function showDevice(desk: Desk, text: string): Promise<void> {
  showOne(desk, await deviceOf(desk, text));
}

export async function setEnabled(desk: Desk, text: string, enabled: boolean): Promise<void> {
  const { id } = await deviceOf(desk, text);
  const set = await (await desk.get(SetDeviceEnabled)).execute({ id, enabled }, { signal: desk.signal });
  showOne(desk, orRefused(set, deviceProblem));
}

export async function tagDevice(desk: Desk, text: string, tags: readonly string[], remove: boolean): Promise<void> {
  let device = await deviceOf(desk, text);
  const use = remove ? await desk.get(RemoveDeviceTag) : await desk.get(AddDeviceTag);
  for (const tag of tags) {
    device = orRefused(await use.execute({ id: device.id, tag }, { signal: desk.signal }), deviceProblem);
  }
  showOne(desk, device);
}

export async function removeDevice(desk: Desk, text: string): Promise<void> {
  const device = await deviceOf(desk, text);
  const removed = await (await desk.get(RemoveDevice)).execute({ id: device.id }, { signal: desk.signal });
  orRefused(removed, deviceProblem);
  desk.show(deviceRepresentation(device), () => `${device.name} is removed; its versions stay.`);
}

export async function scanHostKey(desk: Desk, text: string): Promise<void> {
  const device = await deviceOf(desk, text);
  const scanned = await (await desk.get(ScanHostKey)).execute({ id: device.id }, { signal: desk.signal });
  const key = orRefused(scanned, deviceProblem);
  const pin = `npm run lockstep -- device pin-key ${device.name} ${key.algorithm} ${key.fingerprint}`;
  desk.show(key, () =>
    key.pinned
      ? `${device.name} shows the pinned key: ${key.algorithm} ${key.fingerprint}`
      : `${device.name} shows ${key.algorithm} ${key.fingerprint}\nWhen you have verified it: ${pin}`,
  );
}

export async function pinHostKey(
  desk: Desk,
  text: string,
  hostKey: { readonly algorithm: string; readonly fingerprint: string },
): Promise<void> {
  const { id, version } = await deviceOf(desk, text);
  const command = { id, hostKey, basedOn: version };
  const pinned = await (await desk.get(PinHostKey)).execute(command, { signal: desk.signal });
  showOne(desk, orRefused(pinned, deviceProblem));
}

/** A device, as every command that is about one shows it. */
export function showOne(desk: Desk, device: DeviceView): void {
  const { id, name, address, port, model, enabled, hostKey, tags } = device;
  desk.show(deviceRepresentation(device), () =>
    described({
      ...{ id, name, address: `${address}, port ${port}`, model },
      enabled: enabled ? 'yes' : 'no',
      tags: tags.join(' ') || '-',
      'host key': hostKey === null ? 'none is pinned' : `${hostKey.algorithm} ${hostKey.fingerprint}`,
      version: String(device.version),
      created: moment(device.createdAt),
      changed: moment(device.changedAt),
    }),
  );
}

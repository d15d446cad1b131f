import { sequentialId } from '#kernel/testing';
import { Device, type DeviceSnapshot } from '../device.ts';

const registered = new Date('2026-01-01T00:00:00.000Z');

/** A device that has just been registered and is of no interest, but for what `facts` say. */
export function aDevice(facts: Partial<DeviceSnapshot> = {}): Device {
  return Device.restore({
    id: sequentialId(1),
    name: 'core-1',
    address: '192.0.2.1',
    port: 22,
    model: 'ios',
    credentials: { keyId: 'key-1', bytes: Uint8Array.of(1, 2, 3) },
    hostKey: null,
    enabled: true,
    tags: [],
    version: 1,
    createdAt: registered,
    changedAt: registered,
    ...facts,
  });
}

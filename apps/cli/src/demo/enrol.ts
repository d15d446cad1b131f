import type { ApiDevice, LockstepClient } from '../client/lockstep-client.ts';
import type { DemoDevice } from './demo-fleet.ts';

/**
 * Sees to it that the service knows each device of the fleet where it listens now, with its host key pinned, and
 * answers those that are in service: people may have disabled one.
 */
export async function enrol(
  client: LockstepClient,
  fleet: readonly DemoDevice[],
  signal: AbortSignal,
): Promise<ApiDevice[]> {
  const known = new Map((await client.devices(signal)).map((device) => [device.name, device]));
  const devices = await Promise.all(
    fleet.map(async (demo) => {
      const device = await registered(client, demo, known.get(demo.name), signal);
      if (device.hostKey?.fingerprint === demo.hostKey.fingerprint) return device;

      const presented = await client.scanHostKey(device.id, signal);
      if (presented.fingerprint !== demo.hostKey.fingerprint) {
        throw new Error(`${demo.name} shows the host key ${presented.fingerprint}, which is not its own.`);
      }
      await client.pinHostKey(device.id, demo.hostKey, signal);
      return { ...device, hostKey: demo.hostKey };
    }),
  );
  return devices.filter(({ enabled }) => enabled);
}

async function registered(
  client: LockstepClient,
  { name, address, port, model, credentials }: DemoDevice,
  known: ApiDevice | undefined,
  signal: AbortSignal,
): Promise<ApiDevice> {
  if (known === undefined) return client.register({ name, address, port, model, credentials }, signal);
  return known.port === port ? known : client.change(known.id, { version: known.version, port }, signal);
}

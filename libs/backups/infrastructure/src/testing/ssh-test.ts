import { modelNamed, type CollectedConfiguration, type CollectionFailure, type DeviceModel } from '#backups/domain';
import { SimulatedDevice, type Faults } from '#device-simulator';
import type { NamedRecording } from '#device-simulator/testing';
import type { DeviceAccess } from '#devices/contracts';
import { aDeviceAccess } from '#devices/contracts/testing';
import { Secret, type Result } from '#kernel';
import { AsyncTestBase } from '#testing/lifecycle';
import { SshConfigSource, type CollectionLimits } from '../ssh-config-source.ts';
import { QUIET_MS, QuietPasses } from './quiet-passes.ts';

export const CREDENTIALS = { username: 'backup', password: 'open sesame' };

/** Tests that collect from simulated devices over real connections. */
export class SshTest extends AsyncTestBase {
  readonly devices: SimulatedDevice[] = [];

  readonly start = async ({ recording }: NamedRecording, faults: Faults = {}): Promise<SimulatedDevice> => {
    const device = await this.use(SimulatedDevice.start({ recording, credentials: CREDENTIALS, faults }));
    this.devices.push(device);
    return device;
  };

  readonly collect = (
    device: SimulatedDevice,
    { model }: { readonly model: string },
    limits: Partial<CollectionLimits> = {},
  ): Promise<Result<CollectedConfiguration, CollectionFailure>> =>
    this.source(limits).collect(accessTo(device), modelOf(model), this.signal);

  /** Its limits are times of the test's clock, but for the quiet, which passes. */
  readonly source = (limits: Partial<CollectionLimits> = {}): SshConfigSource =>
    new SshConfigSource(new QuietPasses(this.clock), { quiet: QUIET_MS, ...limits });

  /** Comes back when the device was told this command. */
  readonly typed = (command: string): Promise<unknown> =>
    this.eventually({
      what: `"${command}" to be typed`,
      probe: () => this.devices.some(({ log }) => log.typed.includes(command)),
    });
}

export function modelOf(name: string): DeviceModel {
  const model = modelNamed(name);
  if (model === null) throw new Error(`There is no model "${name}".`);
  return model;
}

export function accessTo({ address, port, hostKey }: SimulatedDevice): DeviceAccess {
  const { username, password } = CREDENTIALS;
  const credentials = { kind: 'password', username, password: new Secret(password) } as const;
  return aDeviceAccess({ address, port, hostKey, credentials });
}

/** The command whose answer is the configuration, or the first of several. */
export function commandOf(model: DeviceModel): string {
  return model.mode === 'shell' ? model.command : (model.commands[0] ?? '');
}

import { modelNamed, type CollectedConfiguration, type CollectionFailure } from '#backups/domain';
import type { CollectionLimits } from '#backups/infrastructure';
import { SimulatedDevice, syntheticRecordings, type Faults } from '#device-simulator';
import type { HostKey } from '#devices/contracts';
import type { Result } from '#kernel';
import { collectFrom } from '../fleet/collect-from.ts';
import { CREDENTIALS } from '../fleet/fleet-device.ts';

export type LabDevice = {
  readonly device: SimulatedDevice;
  readonly model: string;
  /** What it answers when nothing is wrong with it. */
  readonly whole: string;
  readonly answerBytes: number;
};

type Collected = Result<CollectedConfiguration, CollectionFailure>;

/** Simulated devices, one of each recording, and the collector of the product in front of them. */
export class DeviceLab implements AsyncDisposable {
  readonly devices: readonly LabDevice[];

  private constructor(devices: readonly LabDevice[]) {
    this.devices = devices;
  }

  static async open(signal: AbortSignal): Promise<DeviceLab> {
    const devices: LabDevice[] = [];
    for (const recording of await syntheticRecordings()) {
      const device = await SimulatedDevice.start({ recording, credentials: CREDENTIALS });
      const model = recording.model ?? '';
      const whole = await collect({ device, model }, {}, signal);
      if (!whole.ok) throw new Error(`The simulated ${model} cannot be collected: ${whole.error.kind}.`);
      const mode = modelNamed(model)?.mode ?? 'shell';
      const answerBytes = Buffer.byteLength(device.configurationAnswer(mode));
      devices.push({ device, model, whole: whole.value.text, answerBytes });
    }
    return new DeviceLab(devices);
  }

  /** Collects from a device with something wrong about it, and heals it afterwards. */
  async collectWith(
    one: LabDevice,
    faults: Faults,
    { limits = {}, signal }: { readonly limits?: Partial<CollectionLimits>; readonly signal: AbortSignal },
  ): Promise<Collected> {
    one.device.faults = faults;
    try {
      return await collect(one, limits, signal);
    } finally {
      one.device.faults = null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.devices.map(({ device }) => device.stop()));
  }
}

export function collect(
  { device, model }: Pick<LabDevice, 'device' | 'model'>,
  limits: Partial<CollectionLimits>,
  signal: AbortSignal,
  hostKey: HostKey | null = device.hostKey,
): Promise<Collected> {
  const { address, port } = device;
  return collectFrom({ address, port, model, hostKey }, limits, signal);
}

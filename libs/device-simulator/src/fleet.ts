import { SimulatedDevice, type SimulatedDeviceOptions } from './device/simulated-device.ts';

/** Any number of simulated devices, started and stopped together. */
export class Fleet implements AsyncDisposable {
  readonly devices: readonly SimulatedDevice[];

  private constructor(devices: readonly SimulatedDevice[]) {
    this.devices = devices;
  }

  /** Starts all of them, in the order given, or none. */
  static async start(options: readonly SimulatedDeviceOptions[]): Promise<Fleet> {
    const starts = await Promise.allSettled(options.map((one) => SimulatedDevice.start(one)));
    const fleet = new Fleet(starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])));
    const failures = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason as unknown] : []));
    if (failures.length === 0) return fleet;
    await fleet.stop();
    throw new AggregateError(failures, `${failures.length} of ${options.length} simulated devices did not start.`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

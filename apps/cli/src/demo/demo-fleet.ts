import {
  Fleet,
  hostKeyOf,
  newHostKey,
  syntheticRecordings,
  type HostKeyIdentity,
  type SimulatedDeviceOptions,
} from '#device-simulator';
import { readDemoState, writeDemoState } from './demo-state.ts';

const SITES = ['ams', 'fra'];
const CREDENTIALS = { username: 'backup', password: 'simulated-devices-only' };
const CHANGING = 'ams-ios';

/** A device of the fleet as the service has to know it. */
export type DemoDevice = {
  readonly name: string;
  readonly model: string;
  readonly address: string;
  readonly port: number;
  readonly hostKey: HostKeyIdentity;
  readonly credentials: { readonly kind: 'password'; readonly username: string; readonly password: string };
};

type Planned = { readonly name: string; readonly model: string; readonly options: SimulatedDeviceOptions };

/** Two sites with one simulated device of each model. Keys and, while they are free, ports last from start to start. */
export class DemoFleet implements AsyncDisposable {
  readonly devices: readonly DemoDevice[];
  readonly #fleet: Fleet;

  private constructor(fleet: Fleet, devices: readonly DemoDevice[]) {
    this.#fleet = fleet;
    this.devices = devices;
  }

  static async start(dataDirectory: string): Promise<DemoFleet> {
    const planned = await plan(dataDirectory);
    const options = planned.map((one) => one.options);
    // Somebody else may have taken a port in the meantime; then all move, and the service is told.
    const fleet = await Fleet.start(options).catch((error: unknown) => {
      if (!isPortTaken(error)) throw error;
      return Fleet.start(options.map((one) => ({ ...one, port: 0 })));
    });
    const devices = fleet.devices.map(({ address, port, hostKey }, index) => {
      const { name, model } = planned[index] as Planned;
      return { name, model, address, port, hostKey, credentials: { kind: 'password' as const, ...CREDENTIALS } };
    });
    await writeDemoState(dataDirectory, {
      devices: planned.map(({ name, options }, index) => ({
        name,
        port: devices[index]?.port ?? 0,
        hostKey: options.hostKey?.privateKey ?? '',
      })),
    });
    return new DemoFleet(fleet, devices);
  }

  /** Somebody works on one of the devices: it has a new line in its configuration from now on. Returns its name. */
  changeOne(): string {
    const device = this.#fleet.devices[this.devices.findIndex(({ name }) => name === CHANGING)];
    device?.changeConfiguration((text) =>
      text.replace(/^end(\r?)$/m, 'snmp-server location moved to rack 12 in round two$1\nend$1'),
    );
    return CHANGING;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#fleet.stop();
  }
}

function isPortTaken(error: unknown): boolean {
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return causes.every((cause) => cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE');
}

async function plan(dataDirectory: string): Promise<Planned[]> {
  const known = new Map((await readDemoState(dataDirectory)).devices.map((device) => [device.name, device]));
  const recordings = await syntheticRecordings();
  return SITES.flatMap((site) =>
    recordings.map((recording) => {
      const name = `${site}-${recording.model}`;
      const before = known.get(name);
      const hostKey = before === undefined ? newHostKey() : hostKeyOf(before.hostKey);
      return {
        name,
        model: recording.model ?? '',
        options: { recording, hostKey, port: before?.port ?? 0, credentials: CREDENTIALS },
      };
    }),
  );
}

import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

abstract class Inventory {
  abstract devices(signal?: AbortSignal): Promise<readonly string[]>;
}

abstract class Devices {
  /** Adds the device unless it is there. */
  abstract add(device: string, signal?: AbortSignal): Promise<void>;
}

class InMemoryDevices implements Devices {
  readonly devices = new Set<string>();

  async add(device: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.devices.add(device);
  }
}

class ImportDevices {
  protected readonly inventory: Inventory;
  protected readonly devices: Devices;

  constructor(inventory: Inventory, devices: Devices) {
    this.inventory = inventory;
    this.devices = devices;
  }

  async execute(_signal: AbortSignal): Promise<void> {
    for (const device of await this.inventory.devices()) await this.devices.add(device);
  }
}

class ImportDevicesUntilAborted extends ImportDevices {
  override async execute(signal: AbortSignal): Promise<void> {
    for (const device of await this.inventory.devices(signal)) await this.devices.add(device, signal);
  }
}

function scenario(UseCase: typeof ImportDevices): WorkflowScenario {
  return workflowScenario({
    world: () => new InMemoryDevices(),
    modules: (devices) => [
      new ContainerModule(({ bind }) => {
        bind(Inventory).toConstantValue({ devices: async () => ['r1', 'r2'] });
        bind(Devices).toConstantValue(devices);
        bind(UseCase).toResolvedValue((inventory, devices) => new UseCase(inventory, devices), [Inventory, Devices]);
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute(signal),
    check: ({ devices }) => expect([...devices]).to.deep.equal(['r1', 'r2']),
  });
}

export const ignoredAbort: Program = {
  name: 'ignored abort',
  fault: 'an import does not hand its signal on, and waits for a call that never answers',
  shows: 'an ignored abort',
  found: 'faults',
  faulty: scenario(ImportDevices),
  correct: scenario(ImportDevicesUntilAborted),
};

import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { err, ok, type Result } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Device = { readonly host: string; readonly location: string; readonly version: number };
type Changed = { readonly kind: 'ChangedMeanwhile' };

abstract class Devices {
  abstract find(): Promise<Device>;
  /** Writes the device if it still has that version, and answers whether it had. */
  abstract update(device: Device): Promise<boolean>;
}

class InMemoryDevices implements Devices {
  device: Device = { host: 'r1', location: 'Bern', version: 1 };

  async find(): Promise<Device> {
    return this.device;
  }

  async update(device: Device): Promise<boolean> {
    if (device.version !== this.device.version) return false;
    this.device = { ...device, version: device.version + 1 };
    return true;
  }
}

class EditDevice {
  protected readonly devices: Devices;

  constructor(devices: Devices) {
    this.devices = devices;
  }

  async open(): Promise<Device> {
    return await this.devices.find();
  }

  /** Saves a form as it was filled in: all of its fields. */
  async save(form: Device): Promise<Result<void, Changed>> {
    const { version } = await this.devices.find();
    return (await this.devices.update({ ...form, version })) ? ok() : err({ kind: 'ChangedMeanwhile' });
  }
}

class EditDeviceAsRead extends EditDevice {
  override async save(form: Device): Promise<Result<void, Changed>> {
    return (await this.devices.update(form)) ? ok() : err({ kind: 'ChangedMeanwhile' });
  }
}

function scenario(UseCase: typeof EditDevice): RaceScenario {
  return raceScenario({
    world: () => new InMemoryDevices(),
    modules: (devices) => [
      new ContainerModule(({ bind }) => {
        bind(Devices).toConstantValue(devices);
        bind(UseCase).toResolvedValue((devices) => new UseCase(devices), [Devices]);
      }),
    ],
    actors: async (get) => {
      const edit = await get(UseCase);
      return {
        ada: async () => edit.save({ ...(await edit.open()), host: 'r2' }),
        bob: async () => edit.save({ ...(await edit.open()), location: 'Geneva' }),
      };
    },
    check: ({ device }, outcomes) => {
      if (outcomes.of('ada').ended === 'fulfilled') expect(device.host).to.equal('r2');
      if (outcomes.of('bob').ended === 'fulfilled') expect(device.location).to.equal('Geneva');
    },
  });
}

export const editOverEdit: Program = {
  name: 'last writer wins',
  fault: 'a form is saved under the version of that moment, and not under the one that its user saw',
  found: 'orders',
  faulty: scenario(EditDevice),
  correct: scenario(EditDeviceAsRead),
};

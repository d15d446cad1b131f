import {
  CredentialVault,
  ListDevices,
  RegisterDevice,
  type DeviceView,
  type RegisterDeviceCommand,
} from '#devices/application';
import { aPassword, InMemoryCredentialVault } from '#devices/application/testing';
import type { DeviceCredentials } from '#devices/contracts';
import type { DeviceDetailsText, DeviceId } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import { ContainerTest } from '#testing/container';
import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { devicesModule } from '../devices.module.ts';
import { surroundingsModule } from './surroundings.module.ts';

const masterKey = new Secret(Buffer.alloc(32).toString('base64'));

/** The use cases of devices as the API's module wires them, over adapters that a subclass chooses. */
export abstract class WiredDevicesTest extends ContainerTest {
  readonly ids = new SequentialIds();
  readonly vault = new InMemoryCredentialVault();

  /** The password that opens a device, as its sealed credentials say it. */
  abstract passwordOf(id: DeviceId): Promise<string>;

  /** A registered device that is of no interest, but for what `facts` say. */
  async registered(
    facts: Partial<DeviceDetailsText> = {},
    extras: Pick<RegisterDeviceCommand, 'tags' | 'enabled'> = {},
  ): Promise<DeviceView> {
    const register = await this.get(RegisterDevice);
    const command = { ...deviceCalled('core-1', facts), ...extras };
    return expectOk(await register.execute(command, { signal: this.signal }));
  }

  /** All devices, by name. */
  async devices(): Promise<readonly DeviceView[]> {
    const list = await this.get(ListDevices);
    return (await list.execute({ limit: 100 }, { signal: this.signal })).devices;
  }

  protected override setUp(): void {
    // The real one asks for random bytes, and is otherwise nothing but arithmetic.
    this.override(CredentialVault, this.vault);
  }

  protected override modules() {
    const { clock, ids } = this;
    const source = this.source();
    return [devicesModule({ masterKey }), surroundingsModule({ clock, ids, ...(source && { source }) })];
  }

  /** Where the devices are stored; undefined where that is no database. */
  protected source(): DataSource | undefined {
    return undefined;
  }
}

/** The password among these credentials. */
export function passwordIn(credentials: DeviceCredentials | undefined): string {
  return credentials?.kind === 'password' ? credentials.password.reveal() : expect.fail('There is no password.');
}

/** What it takes to register a device. */
export function deviceCalled(name: string, facts: Partial<DeviceDetailsText> = {}) {
  const { address, port, model } = aDevice().snapshot();
  return { address, port, model, credentials: aPassword(), name, ...facts };
}

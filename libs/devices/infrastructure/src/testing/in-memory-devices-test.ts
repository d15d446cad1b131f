import { DeviceReader, DevicesTransaction } from '#devices/application';
import { InMemoryDeviceReader, InMemoryDevicesTransaction, InMemoryDeviceTable } from '#devices/application/testing';
import type { DeviceId } from '#devices/domain';
import { passwordIn, WiredDevicesTest } from './wired-devices-test.ts';

/** The devices' module with a mock for each adapter that keeps something. */
export class InMemoryDevicesTest extends WiredDevicesTest {
  readonly #table = new InMemoryDeviceTable();

  async passwordOf(id: DeviceId): Promise<string> {
    const sealed = this.#table.get(id)?.credentials;
    return passwordIn(sealed && (await this.vault.open(id, sealed, this.signal)));
  }

  protected override setUp(): void {
    super.setUp();
    this.override(DevicesTransaction, new InMemoryDevicesTransaction(this.#table));
    this.override(DeviceReader, new InMemoryDeviceReader(this.#table));
  }
}

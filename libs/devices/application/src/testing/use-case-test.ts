import type { Device } from '#devices/domain';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryCredentialVault } from './in-memory-credential-vault.ts';
import { InMemoryDeviceReader } from './in-memory-device-reader.ts';
import { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevicesTransaction } from './in-memory-devices-transaction.ts';

/** Tests of use cases and queries over adapters in memory. Knows the models `eos` and `ios`. */
export class UseCaseTest extends AsyncTestBase {
  readonly table = new InMemoryDeviceTable();
  readonly transaction = new InMemoryDevicesTransaction(this.table);
  readonly reader = new InMemoryDeviceReader(this.table);
  readonly vault = new InMemoryCredentialVault();
  readonly models = { names: () => ['eos', 'ios'] };
  readonly context = { signal: this.signal };

  /** Devices that have been registered before. */
  holding(...devices: readonly Device[]): void {
    for (const device of devices) this.table.put(device.snapshot().id, device.snapshot());
  }
}

import { abortable, type Result } from '#kernel';
import type { DevicesStores, DevicesTransaction } from '../ports/devices-transaction.ts';
import type { InMemoryDeviceTable } from './in-memory-device-table.ts';
import { InMemoryDevices } from './in-memory-devices.ts';

export class InMemoryDevicesTransaction implements DevicesTransaction {
  readonly #table: InMemoryDeviceTable;

  constructor(table: InMemoryDeviceTable) {
    this.#table = table;
  }

  async run<T, E>(work: (stores: DevicesStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    signal.throwIfAborted();
    const devices = new InMemoryDevices(this.#table, signal);
    try {
      const outcome = await abortable(work({ devices }), signal);
      if (outcome.ok) devices.commit();
      return outcome;
    } finally {
      devices.end();
    }
  }
}

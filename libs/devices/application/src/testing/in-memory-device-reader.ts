import type { DeviceId } from '#devices/domain';
import { viewOf } from '../device-view.ts';
import type { DevicePageRequest, DeviceReader, DeviceView } from '../ports/device-reader.ts';
import type { InMemoryDeviceTable } from './in-memory-device-table.ts';

export class InMemoryDeviceReader implements DeviceReader {
  readonly #table: InMemoryDeviceTable;

  constructor(table: InMemoryDeviceTable) {
    this.#table = table;
  }

  async find(id: DeviceId, signal: AbortSignal): Promise<DeviceView | null> {
    signal.throwIfAborted();
    const found = this.#table.get(id);
    return found === null ? null : viewOf(found);
  }

  async page({ after, limit }: DevicePageRequest, signal: AbortSignal): Promise<readonly DeviceView[]> {
    signal.throwIfAborted();
    return this.#table
      .all()
      .filter(({ name }) => after === null || name > after)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .slice(0, limit)
      .map(viewOf);
  }
}

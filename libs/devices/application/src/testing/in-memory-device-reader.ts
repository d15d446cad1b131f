import { isSelected } from '#devices/contracts/testing';
import type { DeviceId, DeviceSnapshot } from '#devices/domain';
import { viewOf } from '../device-view.ts';
import type {
  DevicePageRequest,
  DevicePlace,
  DeviceReader,
  DeviceSort,
  DeviceView,
  TagCount,
  TagPageRequest,
} from '../ports/device-reader.ts';
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

  async page(
    { selection, sort, after, limit }: DevicePageRequest,
    signal: AbortSignal,
  ): Promise<readonly DeviceView[]> {
    signal.throwIfAborted();
    const placeOf = (device: DeviceSnapshot): DevicePlace => ({ value: device[sort.field], id: device.id });
    return this.#table
      .all()
      .filter((device) => isSelected(device, selection))
      .filter((device) => after === null || compare(placeOf(device), after, sort) > 0)
      .sort((one, other) => compare(placeOf(one), placeOf(other), sort))
      .slice(0, limit)
      .map(viewOf);
  }

  async tags({ after, limit }: TagPageRequest, signal: AbortSignal): Promise<readonly TagCount[]> {
    signal.throwIfAborted();
    const counts = new Map<string, number>();
    for (const tag of this.#table.all().flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    return [...counts]
      .map(([tag, devices]) => ({ tag, devices }))
      .filter(({ tag }) => after === null || tag > after)
      .sort((one, other) => (one.tag < other.tag ? -1 : 1))
      .slice(0, limit);
  }
}

function compare(one: DevicePlace, other: DevicePlace, { descending }: DeviceSort): number {
  const [first, second] = descending ? [other, one] : [one, other];
  if (first.value < second.value) return -1;
  if (first.value > second.value) return 1;
  return first.id < second.id ? -1 : first.id > second.id ? 1 : 0;
}

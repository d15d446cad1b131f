import type { DeviceSnapshot } from '#devices/domain';
import type { DeviceView } from './ports/device-reader.ts';

export function viewOf({ credentials: _, ...view }: DeviceSnapshot): DeviceView {
  return view;
}

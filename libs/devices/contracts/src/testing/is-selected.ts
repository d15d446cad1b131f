import type { DeviceSelection, TagSelection } from '../device-selection.ts';
import type { KnownDevice } from '../device-directory.ts';

/** What a selection looks at. */
export type Selectable = Pick<KnownDevice, 'id' | 'name' | 'model' | 'tags' | 'enabled'> & { readonly address: string };

/** Whether a device belongs to a selection, in plain words: what the databases' own ways are compared with. */
export function isSelected(device: Selectable, { ids, models, tags, text, enabled }: DeviceSelection): boolean {
  return (
    (ids?.includes(device.id) ?? true) &&
    (models?.includes(device.model) ?? true) &&
    (enabled === undefined || device.enabled === enabled) &&
    (text === undefined || [device.name, device.address].some((part) => part.includes(text.toLowerCase()))) &&
    isTagged(device.tags, tags)
  );
}

function isTagged(tags: readonly string[], { any, all = [], none = [] }: TagSelection = {}): boolean {
  const has = (tag: string): boolean => tags.includes(tag.toLowerCase());
  return (any?.some(has) ?? true) && all.every(has) && !none.some(has);
}

import type { Id } from '#kernel';

export type DeviceId = Id<'Device'>;

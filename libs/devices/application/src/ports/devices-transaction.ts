import { Transaction } from '#kernel';
import type { Devices } from './devices.ts';

export type DevicesStores = { readonly devices: Devices };

/** The one way to write in this context; what it promises is told by {@link Transaction}. */
export abstract class DevicesTransaction extends Transaction<DevicesStores> {}

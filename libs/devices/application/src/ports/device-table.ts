import type { HostKeyText } from '#devices/domain';
import type { Result, Secret } from '#kernel';

/** The columns that a table of devices may have, in any order. `name` has to be there. */
export const DEVICE_COLUMNS = [
  'name',
  'address',
  'port',
  'model',
  'enabled',
  'tags',
  'username',
  'password',
  'private_key',
  'passphrase',
  'host_key',
] as const;
export type DeviceColumn = (typeof DEVICE_COLUMNS)[number];

/** One row, as people have written it. What is left out has an empty cell, or no column. */
export type DeviceTableRow = {
  /** Where the row begins in the file; the first line is 1. */
  readonly line: number;
  /** Empty where the cell is. */
  readonly name: string;
  readonly address?: string;
  readonly port?: number;
  readonly model?: string;
  readonly enabled?: boolean;
  readonly tags?: readonly string[];
  readonly username?: string;
  readonly password?: Secret;
  readonly privateKey?: Secret;
  readonly passphrase?: Secret;
  readonly hostKey?: HostKeyText;
  /** Columns whose cells say something that cannot be read as what they are for. They are left out. */
  readonly unusable: readonly DeviceColumn[];
};

export type DeviceTableLimits = { readonly bytes: number; readonly rows: number };

/** `reason` completes "the table cannot be read, because …" and repeats nothing of what stands in it. */
export type TableUnreadable = { readonly kind: 'TableUnreadable'; readonly line: number; readonly reason: string };
/** `column` counts from 1. What it is called is not repeated: without a header it is the first cell of somebody's secrets. */
export type UnknownColumn = {
  readonly kind: 'UnknownColumn';
  readonly column: number;
  readonly known: readonly string[];
};
export type TableTooLarge = { readonly kind: 'TableTooLarge' } & DeviceTableLimits;
export type TableRefused = TableUnreadable | UnknownColumn | TableTooLarge;

/**
 * Reads a table of devices from a file.
 *
 * It is read as the bytes arrive, and refused as a whole as soon as it is seen to be damaged, to have an unknown column, or
 * to be larger than `limits` allow: nothing is known of a table that was not read to its end. Secrets are secrets from the
 * beginning and stand in no refusal. Rejects with the signal's reason on abort, also while it waits for bytes, and with the
 * error of `bytes` when they fail.
 */
export abstract class DeviceTable {
  abstract read(
    bytes: AsyncIterable<Uint8Array>,
    limits: DeviceTableLimits,
    signal: AbortSignal,
  ): Promise<Result<readonly DeviceTableRow[], TableRefused>>;
}

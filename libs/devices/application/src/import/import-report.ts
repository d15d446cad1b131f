import type {
  DeviceId,
  DeviceNameTaken,
  InvalidDeviceDetails,
  InvalidHostKey,
  InvalidTag,
  StaleDevice,
  TooManyTags,
} from '#devices/domain';
import type { DeviceColumn } from '../ports/device-table.ts';

/** Cells that a device cannot do without, or a login with what is there. */
export type MissingCells = { readonly kind: 'MissingCells'; readonly columns: readonly DeviceColumn[] };
/** Cells that say nothing that belongs there. What they say is not repeated. */
export type UnusableCells = { readonly kind: 'UnusableCells'; readonly columns: readonly DeviceColumn[] };
/** Cells of which only one may be there. */
export type ConflictingCells = { readonly kind: 'ConflictingCells'; readonly columns: readonly DeviceColumn[] };
/** `line` is where the name stands first. */
export type NameTwice = { readonly kind: 'NameTwice'; readonly name: string; readonly line: number };
export type DeviceExists = { readonly kind: 'DeviceExists'; readonly deviceId: DeviceId; readonly name: string };

export type RowRefused =
  | MissingCells
  | UnusableCells
  | ConflictingCells
  | NameTwice
  | DeviceExists
  | InvalidDeviceDetails
  | InvalidTag
  | TooManyTags
  | InvalidHostKey
  | DeviceNameTaken
  | StaleDevice;

/** `deviceId` is null where nothing was written, because it was asked for no more than a rehearsal. */
export type RowDone =
  | { readonly outcome: 'created'; readonly deviceId: DeviceId | null }
  | { readonly outcome: 'updated' | 'unchanged' | 'skipped'; readonly deviceId: DeviceId };
export type RowOutcome = RowDone | { readonly outcome: 'refused'; readonly refusal: RowRefused };
export type RowReport = { readonly line: number; readonly name: string } & RowOutcome;

export type ImportReport = {
  readonly dryRun: boolean;
  /** One for each row that was dealt with, in the order of the table. */
  readonly rows: readonly RowReport[];
  /** Where the import ended before the table did: the row at this line may have been done, those behind it were not. */
  readonly stopped: { readonly line: number; readonly why: 'time is up' | 'cancelled' } | null;
};

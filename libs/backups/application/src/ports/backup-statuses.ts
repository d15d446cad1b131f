import type { BackupStatus } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';

/**
 * How the backups of devices are going, as a store inside a transaction of this context.
 *
 * `of` answers one status for each of the devices, which are different ones, in the order of their ids; a device that was not
 * heard of before has one from then on, known since `now`. It also makes them this transaction's own: another transaction that asks
 * for one of them waits until this one has ended, and then sees what it has saved. Ask once for all that are needed, so that
 * two transactions cannot wait for each other.
 * `save` keeps statuses that `of` has answered. `forget` removes the statuses of devices, where there are any.
 */
export abstract class BackupStatuses {
  abstract of(deviceIds: readonly DeviceId[], now: Date): Promise<readonly BackupStatus[]>;
  abstract save(statuses: readonly BackupStatus[]): Promise<void>;
  abstract forget(deviceIds: readonly DeviceId[]): Promise<void>;
}

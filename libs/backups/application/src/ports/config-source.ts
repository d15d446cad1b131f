import type { CollectedConfiguration, CollectionFailure, DeviceModel } from '#backups/domain';
import type { DeviceAccess } from '#devices/contracts';
import type { Result } from '#kernel';
import type { JobProgress } from '#scheduling/contracts';

/**
 * Collects the configuration that a device runs now.
 *
 * `collect` is ok only when the device's answer came with the model's proof of completeness; every other ending is a
 * failure that says why, and nothing of a partial answer is returned. Without a pinned host key, or with another key
 * than the pinned one, no credentials are sent. It ends within its own limits of time and size whatever the device
 * does, and leaves no connection open. Collections are independent of each other, also of the same device. It rejects
 * with the signal's reason on abort, and otherwise only for defects. `progress` is told of each step, and of the bytes so far.
 */
export abstract class ConfigSource {
  abstract collect(
    access: DeviceAccess,
    model: DeviceModel,
    signal: AbortSignal,
    progress?: (progress: JobProgress) => void,
  ): Promise<Result<CollectedConfiguration, CollectionFailure>>;
}

import { stateOf, type BackupState, type BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { Clock } from '#kernel';
import type { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { FreshnessObjective } from '../use-cases/judge-freshness.ts';

export type ListBackupStatusesQuery = {
  /** Null for every state. */
  readonly state: BackupState | null;
  /** Goes on behind this device; null begins with the first. */
  readonly after: DeviceId | null;
  /** From 1 to 200. */
  readonly limit: number;
};

export type BackupStatusPage = {
  readonly statuses: readonly (BackupStatusSnapshot & { readonly state: BackupState })[];
  readonly next: DeviceId | null;
  /** How many devices are in each state, whatever was asked for. */
  readonly counts: Readonly<Record<BackupState, number>>;
};

/** How the backups of the fleet are going: of devices that were ever backed up, or seen by a judgement of freshness. */
export class ListBackupStatuses {
  readonly #reader: BackupStatusReader;
  readonly #clock: Clock;
  readonly #objective: FreshnessObjective;

  constructor(reader: BackupStatusReader, clock: Clock, objective: FreshnessObjective) {
    this.#reader = reader;
    this.#clock = clock;
    this.#objective = objective;
  }

  async execute(
    { limit, ...query }: ListBackupStatusesQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<BackupStatusPage> {
    if (!(limit >= 1 && limit <= 200)) throw new RangeError(`A page has 1 to 200 statuses, not ${limit}.`);
    const freshSince = new Date(this.#clock.now().getTime() - this.#objective.milliseconds);
    const found = await this.#reader.page({ ...query, freshSince, limit: limit + 1 }, signal);
    const statuses = found.slice(0, limit).map((status) => ({ ...status, state: stateOf(status, freshSince) }));
    const next = found.length > limit ? (statuses.at(-1)?.deviceId ?? null) : null;
    return { statuses, next, counts: await this.#reader.counts(freshSince, signal) };
  }
}

import type { Id } from '#kernel';
import type { VersionSnapshot } from './version.ts';

/** Whether a device has a backup that can be relied on. What fails counts more than what is old. */
export type BackupState = 'never' | 'current' | 'stale' | 'failing';

export type LastFailure = { readonly at: Date; readonly kind: string; readonly reason: string };

export type BackupStatusSnapshot = {
  readonly deviceId: Id<'Device'>;
  /** When the device was first heard of here: its first backup is due within the freshness objective from then on. */
  readonly knownSince: Date;
  /** When its configuration, changed or not, was collected and kept the last time. */
  readonly lastSuccessAt: Date | null;
  readonly lastFailure: LastFailure | null;
  /** Attempts that have failed since the last success. */
  readonly consecutiveFailures: number;
  /** When it was told that the last success is too long ago; null while it is not. */
  readonly staleSince: Date | null;
  /** The run that was asked for last. */
  readonly jobId: Id<'Job'> | null;
};

/** What became of a device, for those who are not here: told in the transaction in which it came to be so. */
export type DeviceEvent =
  | { readonly type: 'device.changed'; readonly version: VersionSnapshot }
  | { readonly type: 'device.failing'; readonly failure: LastFailure; readonly lastSuccessAt: Date | null }
  | { readonly type: 'device.recovered'; readonly failures: number; readonly staleSince: Date | null }
  | { readonly type: 'device.stale'; readonly lastSuccessAt: Date | null; readonly knownSince: Date };

/** How the backups of one device are going. Methods answer what others should be told of. */
export class BackupStatus {
  #facts: BackupStatusSnapshot;

  private constructor(facts: BackupStatusSnapshot) {
    this.#facts = facts;
  }

  static first(deviceId: Id<'Device'>, knownSince: Date): BackupStatus {
    return new BackupStatus({
      deviceId,
      knownSince,
      lastSuccessAt: null,
      lastFailure: null,
      consecutiveFailures: 0,
      staleSince: null,
      jobId: null,
    });
  }

  static restore(snapshot: BackupStatusSnapshot): BackupStatus {
    return new BackupStatus(snapshot);
  }

  requested(jobId: Id<'Job'>): void {
    this.#facts = { ...this.#facts, jobId };
  }

  /** A success that is told late, behind a newer one, changes nothing; one that is older than a failure does not undo it. */
  succeeded(at: Date): readonly DeviceEvent[] {
    const { lastSuccessAt, lastFailure, consecutiveFailures: failures, staleSince } = this.#facts;
    if (lastSuccessAt !== null && at < lastSuccessAt) return [];
    const isOvertaken = lastFailure !== null && at < lastFailure.at;
    if (isOvertaken) this.#facts = { ...this.#facts, lastSuccessAt: at };
    else this.#facts = { ...this.#facts, lastSuccessAt: at, consecutiveFailures: 0, staleSince: null };
    const wasBad = failures > 0 || staleSince !== null;
    return wasBad && !isOvertaken ? [{ type: 'device.recovered', failures, staleSince }] : [];
  }

  /** A failure that is told late, behind a success that came after it, is none any more. */
  failed(failure: LastFailure): readonly DeviceEvent[] {
    const { lastSuccessAt, lastFailure, consecutiveFailures } = this.#facts;
    if (lastSuccessAt !== null && failure.at < lastSuccessAt) return [];
    const newest = lastFailure !== null && failure.at < lastFailure.at ? lastFailure : failure;
    this.#facts = { ...this.#facts, lastFailure: newest, consecutiveFailures: consecutiveFailures + 1 };
    return consecutiveFailures === 0 ? [{ type: 'device.failing', failure, lastSuccessAt }] : [];
  }

  /** Told once, until the next success. `objectiveMs` is how old a success may be. */
  judged(now: Date, objectiveMs: number): readonly DeviceEvent[] {
    const { lastSuccessAt, knownSince, staleSince } = this.#facts;
    if (staleSince !== null || (lastSuccessAt ?? knownSince).getTime() > now.getTime() - objectiveMs) return [];
    this.#facts = { ...this.#facts, staleSince: now };
    return [{ type: 'device.stale', lastSuccessAt, knownSince }];
  }

  snapshot(): BackupStatusSnapshot {
    return this.#facts;
  }
}

/** `freshSince` is the earliest time of a success that still counts as current. */
export function stateOf(
  { lastSuccessAt, consecutiveFailures }: Pick<BackupStatusSnapshot, 'lastSuccessAt' | 'consecutiveFailures'>,
  freshSince: Date,
): BackupState {
  if (consecutiveFailures > 0) return 'failing';
  if (lastSuccessAt === null) return 'never';
  return lastSuccessAt > freshSince ? 'current' : 'stale';
}

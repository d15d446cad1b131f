import { BackupStatus, stateOf, type BackupState, type BackupStatusSnapshot } from '#backups/domain';
import type { DeviceDirectory, DeviceId, DeviceSelection } from '#devices/contracts';
import { err, ok, type Clock, type Result } from '#kernel';
import type { ExpectedJob, ScheduleForecast } from '#scheduling/contracts';
import { BACKUP_JOB, BATCH_JOB } from '../backup-job.ts';
import type { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { FreshnessObjective } from '../use-cases/judge-freshness.ts';

/** `nextDueAt` is when a schedule backs the device up next; null when none does. */
export type ReadStatus = BackupStatusSnapshot & { readonly state: BackupState; readonly nextDueAt: Date | null };

export type DeviceUnknown = { readonly kind: 'DeviceUnknown'; readonly deviceId: DeviceId };

export type ReadBackupStatusPorts = {
  readonly statuses: BackupStatusReader;
  readonly devices: DeviceDirectory;
  readonly forecast: ScheduleForecast;
  readonly clock: Clock;
};

/** How the backups of one device are going, and when the next one is due. */
export class ReadBackupStatus {
  readonly #ports: ReadBackupStatusPorts;
  readonly #objective: FreshnessObjective;

  constructor(ports: ReadBackupStatusPorts, objective: FreshnessObjective) {
    this.#ports = ports;
    this.#objective = objective;
  }

  async execute(
    { deviceId }: { readonly deviceId: DeviceId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ReadStatus, DeviceUnknown>> {
    const { statuses, devices, clock } = this.#ports;
    if ((await devices.known([deviceId], signal)).length === 0) return err({ kind: 'DeviceUnknown', deviceId });
    const now = clock.now();
    const [known] = await statuses.of([deviceId], signal);
    const status = known ?? BackupStatus.first(deviceId, now).snapshot();
    const freshSince = new Date(now.getTime() - this.#objective.milliseconds);
    return ok({ ...status, state: stateOf(status, freshSince), nextDueAt: await this.#nextDue(deviceId, signal) });
  }

  async #nextDue(deviceId: DeviceId, signal: AbortSignal): Promise<Date | null> {
    const { forecast } = this.#ports;
    const runs = (await forecast.next(BACKUP_JOB, signal)).filter(({ payload }) => idIn(payload) === deviceId);
    const soonest = runs[0]?.dueAt ?? null;
    for (const { payload, dueAt } of await forecast.next(BATCH_JOB, signal)) {
      if (soonest !== null && soonest <= dueAt) return soonest;
      if (await this.#isSelected(deviceId, selectionIn(payload), signal)) return dueAt;
    }
    return soonest;
  }

  async #isSelected(deviceId: DeviceId, selection: DeviceSelection | null, signal: AbortSignal): Promise<boolean> {
    if (selection === null || (selection.ids !== undefined && !selection.ids.includes(deviceId))) return false;
    const only = { ...selection, ids: [deviceId], enabled: true };
    return (await this.#ports.devices.select(only, { after: null, limit: 1 }, signal)).devices.length > 0;
  }
}

type Payload = ExpectedJob['payload'];

function idIn(payload: Payload): unknown {
  return payload !== null && typeof payload === 'object' && 'deviceId' in payload ? payload['deviceId'] : null;
}

/** The payloads of schedules were checked when they were made. */
function selectionIn(payload: Payload): DeviceSelection | null {
  if (payload === null || typeof payload !== 'object' || !('selection' in payload)) return null;
  return payload['selection'] as DeviceSelection;
}

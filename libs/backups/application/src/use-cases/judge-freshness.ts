import type { DeviceDirectory, DeviceId, SelectedDevices } from '#devices/contracts';
import { ok, type Clock } from '#kernel';
import type { JobProgress, Lease } from '#scheduling/contracts';
import type { BackupStatusesWanted, BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { tell } from '../tell.ts';

const PAGE = 200;
const EVER = new Date(0);

export type FreshnessJudged = { readonly devices: number; readonly becameStale: number; readonly forgotten: number };

export type JudgeFreshnessPorts = {
  readonly devices: DeviceDirectory;
  readonly statuses: BackupStatusReader;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

/** How old the last success of a device may be, in milliseconds. */
export type FreshnessObjective = { readonly milliseconds: number };

type Context = { readonly signal: AbortSignal; readonly progress: (progress: JobProgress) => void };

/**
 * Finds the enabled devices that have no recent backup, and tells of each once, until it has one again. A device that was
 * never backed up counts from when it was first heard of, which is here at the latest. Devices that are gone are forgotten.
 */
export class JudgeFreshness {
  readonly #ports: JudgeFreshnessPorts;
  readonly #objective: FreshnessObjective;

  constructor(ports: JudgeFreshnessPorts, objective: FreshnessObjective) {
    this.#ports = ports;
    this.#objective = objective;
  }

  async execute({ lease }: { readonly lease: Lease }, { signal, progress }: Context): Promise<FreshnessJudged> {
    let [devices, becameStale] = [0, 0];
    let after: DeviceId | null = null;
    do {
      const page: SelectedDevices = await this.#ports.devices.select({ enabled: true }, { after, limit: PAGE }, signal);
      const deviceIds = page.devices.map(({ id }) => id);
      becameStale += await this.#judge(deviceIds, lease, signal);
      devices += deviceIds.length;
      progress({ step: 'judging devices', done: devices });
      after = page.next;
    } while (after !== null);
    return { devices, becameStale, forgotten: await this.#forgetGone(lease, signal) };
  }

  async #judge(deviceIds: readonly DeviceId[], lease: Lease, signal: AbortSignal): Promise<number> {
    if (deviceIds.length === 0) return 0;
    const now = this.#ports.clock.now();
    let becameStale = 0;
    await this.#ports.transaction.run(async ({ jobs, statuses, outbox }) => {
      await jobs.hold(lease);
      const stale = [];
      for (const status of await statuses.of(deviceIds, now)) {
        const events = status.judged(now, this.#objective.milliseconds);
        await tell(outbox, status.snapshot().deviceId, events);
        if (events.length > 0) stale.push(status);
      }
      await statuses.save(stale);
      becameStale = stale.length;
      return ok();
    }, signal);
    return becameStale;
  }

  async #forgetGone(lease: Lease, signal: AbortSignal): Promise<number> {
    let forgotten = 0;
    let after: DeviceId | null = null;
    do {
      const wanted: BackupStatusesWanted = { state: null, freshSince: EVER, after, limit: PAGE };
      const deviceIds: readonly DeviceId[] = (await this.#ports.statuses.page(wanted, signal)).map(
        ({ deviceId }) => deviceId,
      );
      const registered = new Set((await this.#ports.devices.known(deviceIds, signal)).map(({ id }) => id));
      const gone = deviceIds.filter((id) => !registered.has(id));
      if (gone.length > 0) await this.#forget(gone, lease, signal);
      forgotten += gone.length;
      after = deviceIds.length === PAGE ? (deviceIds.at(-1) ?? null) : null;
    } while (after !== null);
    return forgotten;
  }

  async #forget(gone: readonly DeviceId[], lease: Lease, signal: AbortSignal): Promise<void> {
    await this.#ports.transaction.run(async ({ jobs, statuses }) => {
      await jobs.hold(lease);
      return ok(await statuses.forget(gone));
    }, signal);
  }
}

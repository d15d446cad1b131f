import type { RetentionPolicy, VersionId, VersionSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { Clock } from '#kernel';
import type { Lease } from '#scheduling/contracts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import type { VersionInventory } from '../ports/version-inventory.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import { withinTransaction } from '../within-transaction.ts';

export type RetainVersionsCommand = {
  readonly policy: RetentionPolicy;
  /** Only counts what it would remove. */
  readonly dryRun: boolean;
  /** Null is for all devices that have versions. */
  readonly deviceId: DeviceId | null;
  readonly lease: Lease;
};

export type Retained = { readonly devices: number; readonly versions: number; readonly removed: number };

export type RetainVersionsPorts = {
  readonly inventory: VersionInventory;
  readonly reader: VersionReader;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

type Context = { readonly signal: AbortSignal; readonly progress: (devicesDone: number) => void };
type Dated = Pick<VersionSnapshot, 'id' | 'collectedAt'>;

const DEVICES = 200;
const PAGE = 1_000;
const AT_ONCE = 500;

/**
 * Removes the versions that the policy does not keep, device by device, some hundred in a transaction. The newest version of a
 * device stays, also when a run adds one meanwhile. What it has removed stays removed when it is stopped; another attempt does the rest.
 */
export class RetainVersions {
  readonly #ports: RetainVersionsPorts;

  constructor(ports: RetainVersionsPorts) {
    this.#ports = ports;
  }

  async execute(command: RetainVersionsCommand, { signal, progress }: Context): Promise<Retained> {
    const now = this.#ports.clock.now();
    let [devices, versions, removed] = [0, 0, 0];
    for await (const deviceId of this.#devices(command.deviceId, signal)) {
      const history = await this.#history(deviceId, signal);
      const expired = command.policy.expired(history, now);
      removed += command.dryRun
        ? expired.length
        : await this.#remove(deviceId, expired, { lease: command.lease, signal });
      versions += history.length;
      devices += 1;
      progress(devices);
    }
    return { devices, versions, removed };
  }

  async *#devices(only: DeviceId | null, signal: AbortSignal): AsyncGenerator<DeviceId> {
    if (only !== null) return yield only;
    let page: readonly DeviceId[] = [];
    do {
      page = await this.#ports.inventory.devices({ after: page.at(-1) ?? null, limit: DEVICES }, signal);
      yield* page;
    } while (page.length === DEVICES);
  }

  async #history(deviceId: DeviceId, signal: AbortSignal): Promise<readonly Dated[]> {
    const history: Dated[] = [];
    let before: number | null = null;
    for (;;) {
      const page: readonly VersionSnapshot[] = await this.#ports.reader.page({ deviceId, before, limit: PAGE }, signal);
      for (const { id, collectedAt } of page) history.push({ id, collectedAt });
      if (page.length < PAGE) return history;
      before = page.at(-1)!.sequence;
    }
  }

  async #remove(
    deviceId: DeviceId,
    expired: readonly VersionId[],
    { lease, signal }: { readonly lease: Lease; readonly signal: AbortSignal },
  ): Promise<number> {
    let removed = 0;
    for (let from = 0; from < expired.length; from += AT_ONCE) {
      const removal = withinTransaction(
        this.#ports.transaction,
        async ({ jobs, versions }) => {
          await jobs.hold(lease);
          return versions.remove(deviceId, expired.slice(from, from + AT_ONCE));
        },
        signal,
      );
      removed += await removal;
    }
    return removed;
  }
}

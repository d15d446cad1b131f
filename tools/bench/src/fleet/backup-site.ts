import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceId } from '#devices/contracts';
import { Secret } from '#kernel';
import { migrate, openDatabase } from '#platform/database';
import type { DataSource } from 'typeorm';
import { appProgram, DataFolder, MASTER_KEY } from '../product/app-program.ts';
import type { Costs } from '../product/costs.ts';
import type { Program, Told } from '../product/program.ts';
import { composeSite, siteSchemas, type Site } from '../product/composition-root.ts';
import { CREDENTIALS, type FleetDevice } from './fleet-device.ts';

const LOOK_MS = 200;
const AT_ONCE = 8;

type Progress = { readonly succeeded: number; readonly failed: number; readonly last: number | null };

/** The product around one worker as production runs it: devices are registered here, and backed up there. */
export class BackupSite implements AsyncDisposable {
  readonly #source: DataSource;
  readonly #api: Site;
  readonly #worker: Program;
  readonly #open: AsyncDisposableStack;
  readonly #signal: AbortSignal;
  #count = 0;

  private constructor(
    parts: { readonly source: DataSource; readonly api: Site; readonly worker: Program },
    open: AsyncDisposableStack,
    signal: AbortSignal,
  ) {
    this.#source = parts.source;
    this.#api = parts.api;
    this.#worker = parts.worker;
    this.#open = open;
    this.#signal = signal;
  }

  /** `sessions` is with how many devices the worker talks at once. */
  static async open(url: string, sessions: number, signal: AbortSignal): Promise<BackupSite> {
    await using open = new AsyncDisposableStack();
    const folder = open.use(await DataFolder.make());
    const source = await openDatabase({ url, schemas: siteSchemas });
    open.defer(() => source.destroy());
    await migrate(source, signal);
    const env = { LOCKSTEP_WORKER_CONCURRENCY: String(sessions) };
    const worker = open.use(appProgram('worker', { url, folder, env }, signal));
    await worker.next(isReady);
    const api = composeSite(source, { storeDirectory: folder.store, masterKey: MASTER_KEY });
    return new BackupSite({ source, api, worker }, open.move(), signal);
  }

  async addDevices(devices: readonly FleetDevice[]): Promise<readonly DeviceId[]> {
    const ids: DeviceId[] = [];
    const left = devices.entries();
    const add = async (): Promise<void> => {
      for (const [index, device] of left) ids[index] = await this.#add(device);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, add));
    return ids;
  }

  /** Makes devices known as failing, as they are after a round. */
  async haveFailed(ids: readonly DeviceId[]): Promise<void> {
    await this.#source.query(
      `INSERT INTO backup_statuses (device_id, known_since, consecutive_failures, last_failure_at, last_failure_kind, last_failure_reason)
       SELECT unnest($1::uuid[]), now(), 1, now(), 'DeviceUnreachable', 'It does not answer.'`,
      [ids],
    );
  }

  /** The time in milliseconds from the request for backups of all of them until those that matter have been backed up. */
  async round(ids: readonly DeviceId[], matter: readonly DeviceId[]): Promise<number> {
    const began = Date.now();
    const requested = await this.#api.request.execute({ deviceIds: ids }, { signal: this.#signal });
    if (!requested.ok) throw new Error(`The backups were refused: ${requested.error.kind}.`);
    const those = new Set(matter);
    const jobs = requested.value.filter(({ deviceId }) => those.has(deviceId)).map(({ jobId }) => jobId);
    for (;;) {
      const { succeeded, failed, last } = await this.#progressOf(jobs);
      if (failed > 0) throw new Error(`${failed} backups of healthy devices have failed: the figures mean nothing.`);
      if (succeeded === jobs.length && last !== null) return last - began;
      this.#worker.throwIfEnded();
      await sleep(LOOK_MS, undefined, { signal: this.#signal });
    }
  }

  /** What the worker has used so far. */
  costs(): Promise<Costs> {
    return this.#worker.costs();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }

  async #add({ address, port, hostKey, model }: FleetDevice): Promise<DeviceId> {
    const context = { signal: this.#signal };
    const { username, password } = CREDENTIALS;
    const credentials = { kind: 'password', username, password: new Secret(password) } as const;
    const name = `r${(this.#count += 1)}`;
    const registered = await this.#api.register.execute({ name, address, port, model, credentials }, context);
    if (!registered.ok) throw new Error(`${name} was refused: ${registered.error.kind}.`);
    const { id } = registered.value;
    const pinned = await this.#api.pin.execute({ id, hostKey }, context);
    if (!pinned.ok) throw new Error(`The key of ${name} was refused: ${pinned.error.kind}.`);
    return id;
  }

  async #progressOf(jobs: readonly string[]): Promise<Progress> {
    const [progress] = await this.#source.query<Progress[]>(
      `SELECT count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
              count(*) FILTER (WHERE state = 'failed')::int AS failed,
              (extract(epoch FROM max(finished_at)) * 1000)::float8 AS last
       FROM jobs WHERE id = ANY($1)`,
      [jobs],
    );
    return progress ?? { succeeded: 0, failed: 0, last: null };
  }
}

function isReady(told: Told): told is Told {
  return (told as { readonly type?: string }).type === 'ready';
}

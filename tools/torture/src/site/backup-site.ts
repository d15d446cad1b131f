import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId } from '#devices/contracts';
import { Secret } from '#kernel';
import { migrate, openDatabase } from '#platform/database';
import { commandEnv, workspaceRoot } from '#tools/command';
import type { DataSource } from 'typeorm';
import { until } from '../arena/until.ts';
import { CREDENTIALS, type FleetDevice } from '../fleet/fleet-device.ts';
import { databaseName, type ControlledServer } from '../server/controlled-server.ts';
import { composeSiteApi, siteSchemas, type SiteApi } from './composition-root.ts';

const WORKER = join(workspaceRoot, 'apps/worker/src/main.ts');
const MASTER_KEY = Buffer.alloc(32, 5).toString('base64');
const SESSIONS = 4;

/** The whole product around one worker as production runs it: devices are registered here, and backed up there. */
export class BackupSite implements AsyncDisposable {
  readonly source: DataSource;
  readonly #api: SiteApi;
  readonly #signal: AbortSignal;
  readonly #open: AsyncDisposableStack;
  #count = 0;

  private constructor(source: DataSource, api: SiteApi, open: AsyncDisposableStack, signal: AbortSignal) {
    this.source = source;
    this.#api = api;
    this.#open = open;
    this.#signal = signal;
  }

  static async open(server: ControlledServer, signal: AbortSignal): Promise<BackupSite> {
    await using open = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-site-'));
    open.defer(() => rm(folder, { recursive: true, force: true }));
    const database = databaseName();
    const maintenance = await openDatabase({ url: server.url, schemas: [], poolSize: 1 });
    await maintenance.query(`CREATE DATABASE ${database}`).finally(() => maintenance.destroy());
    const url = Object.assign(new URL(server.url), { pathname: `/${database}` }).href;
    const source = await openDatabase({ url, schemas: siteSchemas });
    open.defer(() => source.destroy());
    await migrate(source, signal);
    const worker = spawn(process.execPath, [WORKER], {
      env: {
        ...commandEnv(),
        LOCKSTEP_ENV_FILE: devNull,
        LOCKSTEP_LOG_LEVEL: 'error',
        LOCKSTEP_DATA_DIR: folder,
        LOCKSTEP_MASTER_KEY: MASTER_KEY,
        LOCKSTEP_WORKER_CONCURRENCY: String(SESSIONS),
        DATABASE_URL: url,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    open.defer(async () => {
      const ended = once(worker, 'exit');
      worker.kill('SIGKILL');
      await ended;
    });
    await once(worker, 'message');
    const api = composeSiteApi(source, { storeDirectory: join(folder, 'store'), masterKey: MASTER_KEY });
    return new BackupSite(source, api, open.move(), signal);
  }

  async addDevice({ address, port, hostKey, model }: FleetDevice): Promise<DeviceId> {
    const signal = this.#signal;
    const credentials = {
      kind: 'password',
      username: CREDENTIALS.username,
      password: new Secret(CREDENTIALS.password),
    } as const;
    const name = `r${(this.#count += 1)}`;
    const registered = await this.#api.register.execute({ name, address, port, model, credentials }, { signal });
    if (!registered.ok) throw new Error(`${name} was refused: ${registered.error.kind}.`);
    const { id } = registered.value;
    const pinned = await this.#api.pin.execute({ id, hostKey }, { signal });
    if (!pinned.ok) throw new Error(`The key of ${name} was refused: ${pinned.error.kind}.`);
    return id;
  }

  /** Makes devices known as failing, as they are after a round. */
  async haveFailed(ids: readonly DeviceId[]): Promise<void> {
    await this.source.query(
      `INSERT INTO backup_statuses (device_id, known_since, consecutive_failures, last_failure_at, last_failure_kind, last_failure_reason)
       SELECT unnest($1::uuid[]), now(), 1, now(), 'DeviceUnreachable', 'It does not answer.'
       ON CONFLICT (device_id) DO UPDATE SET consecutive_failures = 1`,
      [ids],
    );
  }

  /** Asks for backups of all of them, and answers how long it took until those that matter have ended. */
  async round(ids: readonly DeviceId[], matter: readonly DeviceId[], withinMs: number): Promise<number | null> {
    const began = performance.now();
    const requested = await this.#api.request.execute({ deviceIds: ids }, { signal: this.#signal });
    if (!requested.ok) throw new Error(`The backups were refused: ${requested.error.kind}.`);
    const jobs = requested.value.filter(({ deviceId }) => matter.includes(deviceId)).map(({ jobId }) => jobId);
    const isOver = await until(withinMs, this.#signal, async () => {
      const [row] = await this.source.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM jobs WHERE id = ANY($1) AND state = 'succeeded'`,
        [jobs],
      );
      return row?.count === jobs.length;
    });
    return isOver ? performance.now() - began : null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }
}

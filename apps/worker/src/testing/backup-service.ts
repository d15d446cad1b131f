import { BACKUP_JOB, ListVersions, RequestBackups } from '#backups/application';
import { backupsModule } from '#backups/infrastructure';
import { PinHostKey, RegisterDevice } from '#devices/application';
import type { DeviceId } from '#devices/contracts';
import { devicesModule } from '#devices/infrastructure';
import { SimulatedDevice, syntheticRecordings, type Faults } from '#device-simulator';
import { Secret } from '#kernel';
import { expectOk } from '#kernel/testing';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { FindJob } from '#scheduling/application';
import type { JobId } from '#scheduling/contracts';
import type { JobSnapshot } from '#scheduling/domain';
import { schedulingModule } from '#scheduling/infrastructure';
import { TestContainer } from '#testing/container';
import { eventually, type TestScope } from '#testing/lifecycle';
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseModule } from '../composition-root.ts';
import { WorkerProcess } from './worker-process.ts';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const CREDENTIALS = { username: 'backup', password: 'simulated-devices-only' };
const LEASE_SECONDS = 2;

/** The other half of the service, in the test's own process: it registers devices, asks for backups and looks at what came of them. */
export class BackupService {
  readonly #container: TestContainer;
  readonly #scope: TestScope;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(container: TestContainer, scope: TestScope, env: Readonly<Record<string, string>>) {
    this.#container = container;
    this.#scope = scope;
    this.#env = env;
  }

  static async open(databaseUrl: string, scope: TestScope): Promise<BackupService> {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'lockstep-worker-'));
    scope.defer(() => rm(dataDirectory, { recursive: true }), 'the removal of the data folder');
    const modules = [
      systemModule(),
      loggingModule({ level: 'error' }),
      databaseModule(databaseUrl, 1),
      schedulingModule({ jobTypes: [BACKUP_JOB] }),
      devicesModule({ masterKey: new Secret(MASTER_KEY) }),
      backupsModule({ storeDirectory: join(dataDirectory, 'store') }),
    ];
    const container = await scope.use(new TestContainer(modules));
    const source = await container.get(DataSource);
    scope.defer(() => source.destroy(), 'the end of the database connections');
    scope.defer(() => untilQuiet(source), 'the end of what killed workers had begun in the database');
    const env = {
      DATABASE_URL: databaseUrl,
      LOCKSTEP_DATA_DIR: dataDirectory,
      LOCKSTEP_MASTER_KEY: MASTER_KEY,
      LOCKSTEP_LEASE_SECONDS: String(LEASE_SECONDS),
    };
    return new BackupService(container, scope, env);
  }

  /** A worker with a short lease: as production runs it, or another main beside it. */
  async startWorker(main = 'main.ts'): Promise<WorkerProcess> {
    return this.#scope.use(WorkerProcess.start(main, this.#env, this.#scope.signal));
  }

  /** A simulated device that is registered and pinned. */
  async addDevice(faults: Faults): Promise<{ device: SimulatedDevice; id: DeviceId }> {
    const { signal } = this.#scope;
    const recording =
      (await syntheticRecordings()).find(({ model }) => model === 'ios') ?? expect.fail('No ios recording.');
    const device = await this.#scope.use(SimulatedDevice.start({ recording, credentials: CREDENTIALS, faults }));
    const { address, port, hostKey } = device;
    const password = new Secret(CREDENTIALS.password);
    const credentials = { kind: 'password', username: CREDENTIALS.username, password } as const;
    const register = await this.#container.get(RegisterDevice);
    const registered = await register.execute({ name: 'r1', address, port, model: 'ios', credentials }, { signal });
    const { id } = expectOk(registered);
    expectOk(await (await this.#container.get(PinHostKey)).execute({ id, hostKey }, { signal }));
    return { device, id };
  }

  async requestBackup(deviceId: DeviceId): Promise<JobId> {
    const request = await this.#container.get(RequestBackups);
    const [requested] = expectOk(await request.execute({ deviceIds: [deviceId] }, { signal: this.#scope.signal }));
    return requested?.jobId ?? expect.fail('No job was made.');
  }

  async job(id: JobId): Promise<JobSnapshot> {
    return expectOk(await (await this.#container.get(FindJob)).execute({ id }, { signal: this.#scope.signal }));
  }

  async jobOnceIt(what: string, id: JobId, holds: (job: JobSnapshot) => boolean): Promise<JobSnapshot> {
    const probe = async (): Promise<JobSnapshot | null> => {
      const job = await this.job(id);
      return holds(job) ? job : null;
    };
    return eventually({ what: `the job to be ${what}`, probe, within: 15_000 }, this.#scope.signal);
  }

  async versionsOf(deviceId: DeviceId) {
    const list = await this.#container.get(ListVersions);
    const page = await list.execute({ deviceId, before: null, limit: 10 }, { signal: this.#scope.signal });
    if (!page.ok) throw new Error(`There is no device ${deviceId}.`);
    return page.value.versions;
  }
}

/** The server learns a moment later than the test that a worker was killed in the middle of a statement. */
async function untilQuiet(source: DataSource): Promise<void> {
  const busy = `SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'`;
  const probe = async (): Promise<boolean> => (await source.query<[{ count: number }]>(busy))[0].count === 0;
  await eventually({ what: 'the sessions of killed workers to end', probe }, new AbortController().signal);
}

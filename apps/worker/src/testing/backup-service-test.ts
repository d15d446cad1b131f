import { BACKUP_JOB, ListVersions, RequestBackups, STORE_JOBS } from '#backups/application';
import { backupsModule, backupsSchema } from '#backups/infrastructure';
import { PinHostKey, RegisterDevice } from '#devices/application';
import type { DeviceId } from '#devices/contracts';
import { devicesModule, devicesSchema } from '#devices/infrastructure';
import { SimulatedDevice, syntheticRecordings, type Faults } from '#device-simulator';
import { Secret } from '#kernel';
import { expectOk } from '#kernel/testing';
import { loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { FindJob } from '#scheduling/application';
import type { JobId } from '#scheduling/contracts';
import type { JobSnapshot } from '#scheduling/domain';
import { notificationsSchema, outboxModule } from '#notifications/infrastructure';
import { schedulingModule, schedulingSchema } from '#scheduling/infrastructure';
import { ContainerTest } from '#testing/container';
import { TestDatabase } from '#testing/database';
import { eventually } from '#testing/lifecycle';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseModule } from '../composition-root.ts';

export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const CREDENTIALS = { username: 'backup', password: 'simulated-devices-only' };
const LEASE_SECONDS = 2;
const QUIET_MS = 4_500;

type Ready = { readonly type: 'ready' };

/**
 * Tests of workers as processes of their own. The test is the other half of the service: it registers devices, asks for
 * backups and looks at what came of them.
 */
export class BackupServiceTest extends ContainerTest {
  readonly database = this.part(
    new TestDatabase([devicesSchema, schedulingSchema, backupsSchema, notificationsSchema], () => ({
      rung: this.rung(),
    })),
  );
  folder!: TemporaryFolder;

  protected rung(): 'reset' | 'clone' {
    return 'reset';
  }

  /** What is different about its workers. */
  protected variables(): NodeJS.ProcessEnv {
    return {};
  }

  protected override modules() {
    return [
      systemModule(),
      outboxModule(),
      loggingModule({ level: 'error' }),
      databaseModule(this.database.url, 1),
      schedulingModule({ jobTypes: [BACKUP_JOB, ...STORE_JOBS] }),
      devicesModule({ masterKey: new Secret(MASTER_KEY) }),
      backupsModule({ storeDirectory: join(this.folder.path, 'store'), masterKey: new Secret(MASTER_KEY) }),
    ];
  }

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
    const source = await this.get(DataSource);
    this.defer(() => source.destroy(), 'the end of the database connections');
    this.defer(() => untilQuiet(source), 'the end of what killed workers had begun in the database');
  }

  /** A process of the worker with a short lease: as production runs it, or another main; `env` says what is different. */
  launch(main = 'main.ts', env: NodeJS.ProcessEnv = {}): Promise<TestProcess> {
    const settings = {
      LOCKSTEP_ENV_FILE: devNull,
      DATABASE_URL: this.database.url,
      LOCKSTEP_DATA_DIR: this.folder.path,
      LOCKSTEP_MASTER_KEY: MASTER_KEY,
      LOCKSTEP_LEASE_SECONDS: String(LEASE_SECONDS),
      ...this.variables(),
    };
    const program = join(import.meta.dirname, '..', main);
    return this.use(TestProcess.node([program], { env: { ...settings, ...env }, channel: true }));
  }

  /** One that works. */
  async startWorker(main?: string): Promise<TestProcess> {
    const worker = await this.launch(main);
    await worker.message(isReady, this.signal);
    return worker;
  }

  /** A simulated device that is registered and pinned. */
  async addDevice(faults: Faults): Promise<{ device: SimulatedDevice; id: DeviceId }> {
    const { signal } = this;
    const recording =
      (await syntheticRecordings()).find(({ model }) => model === 'ios') ?? expect.fail('No ios recording.');
    const device = await this.use(SimulatedDevice.start({ recording, credentials: CREDENTIALS, faults }));
    const { address, port, hostKey } = device;
    const password = new Secret(CREDENTIALS.password);
    const credentials = { kind: 'password', username: CREDENTIALS.username, password } as const;
    const register = await this.get(RegisterDevice);
    const registered = await register.execute({ name: 'r1', address, port, model: 'ios', credentials }, { signal });
    const { id } = expectOk(registered);
    expectOk(await (await this.get(PinHostKey)).execute({ id, hostKey }, { signal }));
    return { device, id };
  }

  async requestBackup(deviceId: DeviceId): Promise<JobId> {
    const request = await this.get(RequestBackups);
    const [requested] = expectOk(await request.execute({ deviceIds: [deviceId] }, { signal: this.signal }));
    return requested?.jobId ?? expect.fail('No job was made.');
  }

  async job(id: JobId): Promise<JobSnapshot> {
    return expectOk(await (await this.get(FindJob)).execute({ id }, { signal: this.signal }));
  }

  jobOnceDone(id: JobId): Promise<JobSnapshot> {
    const probe = async (): Promise<JobSnapshot | null> => {
      const job = await this.job(id);
      return job.state === 'succeeded' ? job : null;
    };
    return this.eventually({ what: 'the job to be done', probe, within: 15_000 });
  }

  async versionsOf(deviceId: DeviceId) {
    const list = await this.get(ListVersions);
    const page = await list.execute({ deviceId, before: null, limit: 10 }, { signal: this.signal });
    return expectOk(page).versions;
  }
}

function isReady(message: unknown): message is Ready {
  return (message as Partial<Ready>).type === 'ready';
}

/** The server learns a moment later than the test that a worker was killed in the middle of a statement. */
async function untilQuiet(source: DataSource): Promise<void> {
  const busy = `SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'`;
  const probe = async (): Promise<boolean> => (await source.query<[{ count: number }]>(busy))[0].count === 0;
  const what = 'the sessions of killed workers to end';
  await eventually({ what, probe, within: QUIET_MS }, new AbortController().signal);
}

import {
  DiffVersions,
  ListBackupStatuses,
  ListVersions,
  ReadBackupStatus,
  ReadVersion,
  ReadVersionContent,
  RequestBackups,
  RequestBatch,
} from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryBackupStatusReader,
  InMemoryConfigStore,
  InMemoryVersionReader,
  NumberingHashing,
  TrimmingLineDiff,
} from '#backups/application/testing';
import type { VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { expectOk, SequentialIds } from '#kernel/testing';
import { createHttpServer, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { InMemoryJobs, InMemoryScheduleForecast, InMemoryUnfinishedJobs } from '#scheduling/contracts/testing';
import { HttpTest } from '#testing/http';
import { BackupRoutes } from '../http/backup-routes.ts';
import { BackupStatusRoutes } from '../http/backup-status-routes.ts';

export const { deviceId } = aCollected();

const OBJECTIVE = { milliseconds: 26 * 3_600_000 };

/**
 * Tests of the routes of backups over adapters in memory, in process. There are two versions of one device, and two
 * of another that has no pinned key.
 */
export class BackupApiTest extends HttpTest {
  readonly ids = new SequentialIds();
  readonly jobs = new InMemoryJobs('backup.run', 'backup.batch');
  readonly statuses = new InMemoryBackupStatusReader();
  readonly forecast = new InMemoryScheduleForecast();
  readonly #reader = new InMemoryVersionReader();
  readonly #store = new InMemoryConfigStore(new NumberingHashing());
  readonly #keyless = aDeviceAccess({ id: this.ids.next(), hostKey: null });
  readonly devices = new InMemoryDeviceDirectory(aDeviceAccess({ id: deviceId }), this.#keyless);
  first!: VersionSnapshot;
  second!: VersionSnapshot;
  elsewhere!: VersionSnapshot;
  /** It comes after the one elsewhere, and has a secret in it. */
  secret!: VersionSnapshot;

  protected override async setUp(): Promise<void> {
    this.first = await this.#keep('hostname a\n', { sequence: 1 });
    this.second = await this.#keep('hostname \u00e4\n', { sequence: 2 });
    this.elsewhere = await this.#keep('elsewhere\n', { deviceId: this.#keyless.id });
    this.secret = await this.#keep('enable secret 9 S3CRET\nend\n', { deviceId: this.#keyless.id, sequence: 2 });
  }

  protected override async application(): Promise<HttpServer> {
    return (await createHttpServer(testServerParts((on) => this.#register(on)))).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }

  async #keep(text: string, facts: Partial<VersionSnapshot>): Promise<VersionSnapshot> {
    const contentHash = expectOk(await this.#store.put(new TextEncoder().encode(text), this.signal));
    const version = { ...aCollected({ contentHash }), id: this.ids.next<'Version'>(), sequence: 1, ...facts };
    this.#reader.commit([version]);
    return version;
  }

  #register(server: HttpServer): void {
    const { clock, statuses, forecast } = this;
    const [reader, devices] = [this.#reader, this.devices];
    const transaction = new InMemoryBackupsTransaction(reader, this.jobs, { statuses });
    const unfinished = new InMemoryUnfinishedJobs(this.jobs);
    const useCases = {
      requestBackups: new RequestBackups({ devices, statuses, unfinished, transaction, clock }),
      requestBatch: new RequestBatch(transaction),
    };
    new BackupRoutes(useCases, {
      list: new ListVersions(reader, devices),
      read: new ReadVersion(reader),
      content: new ReadVersionContent(reader, this.#store),
      diff: new DiffVersions(reader, this.#store, new TrimmingLineDiff()),
    }).register(server);
    new BackupStatusRoutes(
      new ReadBackupStatus({ statuses, devices, forecast, clock }, OBJECTIVE),
      new ListBackupStatuses(statuses, clock, OBJECTIVE),
    ).register(server);
  }
}

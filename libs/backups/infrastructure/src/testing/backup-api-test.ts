import { DiffVersions, ListVersions, ReadVersion, ReadVersionContent, RequestBackups } from '#backups/application';
import {
  InMemoryBackupsTransaction,
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
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { HttpTest } from '#testing/http';
import { BackupRoutes } from '../http/backup-routes.ts';

export const { deviceId } = aCollected();

/**
 * Tests of the routes of backups over adapters in memory, in process. There are two versions of one device, and one of
 * another that has no pinned key.
 */
export class BackupApiTest extends HttpTest {
  readonly ids = new SequentialIds();
  readonly jobs = new InMemoryJobs('backup.run');
  readonly #reader = new InMemoryVersionReader();
  readonly #store = new InMemoryConfigStore(new NumberingHashing());
  readonly #keyless = aDeviceAccess({ id: this.ids.next(), hostKey: null });
  first!: VersionSnapshot;
  second!: VersionSnapshot;
  elsewhere!: VersionSnapshot;

  protected override async setUp(): Promise<void> {
    this.first = await this.#keep('hostname a\n', { sequence: 1 });
    this.second = await this.#keep('hostname \u00e4\n', { sequence: 2 });
    this.elsewhere = await this.#keep('elsewhere\n', { deviceId: this.#keyless.id });
  }

  protected override async application(): Promise<HttpServer> {
    return (await createHttpServer(testServerParts((on) => this.#routes().register(on)))).server;
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

  #routes(): BackupRoutes {
    const reader = this.#reader;
    const devices = new InMemoryDeviceDirectory(aDeviceAccess({ id: deviceId }), this.#keyless);
    return new BackupRoutes(new RequestBackups(devices, new InMemoryBackupsTransaction(reader, this.jobs)), {
      list: new ListVersions(reader, devices),
      read: new ReadVersion(reader),
      content: new ReadVersionContent(reader, this.#store),
      diff: new DiffVersions(reader, this.#store, new TrimmingLineDiff()),
    });
  }
}

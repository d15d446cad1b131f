import { ConfigSource } from '#backups/application';
import { InMemoryConfigSource } from '#backups/application/testing';
import { aDeviceAccess } from '#devices/contracts/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { managerOf } from '#platform/database';
import type { Jobs, JobsWithin } from '#scheduling/contracts';
import { TestDatabase } from '#testing/database';
import { TemporaryFolder } from '#testing/system';
import type { BackupStatusSnapshot } from '#backups/domain';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { backupsSchema } from '../database/backups-schema.ts';
import { TypeOrmBackupStatusReader } from '../database/typeorm-backup-status-reader.ts';
import { BackupTest } from './backup-test.ts';
import { filesIn } from './files-in.ts';
import { noOutbox } from './no-outbox.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

const { address, hostKey } = aDeviceAccess();

/** The worker's module over PostgreSQL and files. The device, which is called core-1, and the other contexts are in memory. */
export class PostgresBackupTest extends BackupTest {
  readonly database = this.part(new TestDatabase(backupsSchema, { races: true }));
  readonly #source = new InMemoryConfigSource();
  readonly #leases = new Set<InMemoryTransaction>();
  #folder!: TemporaryFolder;

  rename(hostname: string): void {
    const text = `hostname ${hostname}\nend\n`;
    this.#source.place(address, { hostKey: hostKey!, password: 'open sesame', text });
  }

  async status(): Promise<BackupStatusSnapshot | undefined> {
    const reader = new TypeOrmBackupStatusReader(this.database.source);
    return (await reader.of([this.deviceId], this.signal))[0];
  }

  contentsStored(): Promise<number> {
    return filesIn(this.#folder);
  }

  override async crash(): Promise<void> {
    await super.crash();
    for (const lease of this.#leases) lease.end('undone');
  }

  protected override async setUp(): Promise<void> {
    this.#folder = await this.use(TemporaryFolder.make());
    this.devices.register(aDeviceAccess());
    this.rename('core-1');
    this.override(ConfigSource, this.#source);
  }

  protected override modules() {
    const { devices, unfinishedJobs, clock, ids } = this;
    const { source } = this.database;
    const jobs: JobsWithin = { join: (open) => this.#heldWith(managerOf(open).queryRunner!) };
    return [
      backupsWorkerModule({ storeDirectory: this.#folder.path, masterKey }),
      surroundingsModule({ devices, jobs, unfinishedJobs, outbox: noOutbox, clock, ids, source }),
    ];
  }

  /** Jobs whose leases are held, though in memory, as long as a connection is taken. */
  #heldWith(connection: { release(): Promise<void> }): Jobs {
    const transaction = InMemoryTransaction.begin(new AbortController().signal);
    this.#leases.add(transaction);
    const release = connection.release.bind(connection);
    connection.release = () => {
      transaction.end('undone');
      return release();
    };
    return this.jobs.join(transaction.open);
  }
}

import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { ok } from '#kernel';
import { SequentialIds } from '#kernel/testing';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import type { JobId } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { ConfigSource } from '../ports/config-source.ts';
import { RunBackup } from '../use-cases/run-backup.ts';
import { InMemoryBackupStatusReader } from './in-memory-backup-status-reader.ts';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryConfigStore } from './in-memory-config-store.ts';
import { InMemoryVersionInventory } from './in-memory-version-inventory.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { NumberingHashing } from './numbering-hashing.ts';

/** Tests of runs over adapters in memory, for one device of the model `ios`. Until it is told an answer it may not be asked. */
export class RunBackupTest extends AsyncTestBase {
  readonly device = aDeviceAccess({ model: 'ios' });
  #collect: ConfigSource['collect'] = () => expect.fail('It connected.');
  readonly devices = new InMemoryDeviceDirectory(this.device);
  readonly jobs = new InMemoryJobs('backup.run');
  readonly reader = new InMemoryVersionReader();
  readonly statuses = new InMemoryBackupStatusReader();
  readonly outbox = new InMemoryOutbox();
  /** The steps that runs have told of. */
  readonly told: string[] = [];
  readonly #hashing = new NumberingHashing();
  readonly store = new InMemoryConfigStore(this.#hashing);
  readonly #backup = new RunBackup({
    devices: this.devices,
    source: { collect: (...asked) => this.#collect(...asked) },
    hashing: this.#hashing,
    reader: this.reader,
    store: this.store,
    inventory: new InMemoryVersionInventory(this.reader),
    transaction: new InMemoryBackupsTransaction(this.reader, this.jobs, {
      statuses: this.statuses,
      outbox: this.outbox,
    }),
    clock: this.clock,
    ids: new SequentialIds(),
  });

  answers(text: string): void {
    this.replies(async () => ok({ text }));
  }

  replies(collect: ConfigSource['collect']): void {
    this.#collect = collect;
  }

  run(name: string) {
    const command = { deviceId: this.device.id, lease: this.jobs.claim(jobOf(name)) };
    return this.#backup.execute(command, { signal: this.signal, progress: ({ step }) => void this.told.push(step) });
  }

  async status() {
    return (await this.statuses.of([this.device.id], this.signal))[0];
  }

  versions() {
    return this.reader.page({ deviceId: this.device.id, before: null, limit: 100 }, this.signal);
  }
}

export function jobOf(name: string): JobId {
  return `job-${name}` as JobId;
}

/** A configuration whose first line tells nothing about what changed. */
export function config(address: string, bytes = 100): string {
  return `Current configuration : ${bytes} bytes\nhostname core-1\ninterface Loopback0\n ip address ${address}\nend\n`;
}

import { Version, type ContentHash, type VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import type { DeviceId } from '#devices/contracts';
import { ok } from '#kernel';
import { expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryConfigStore } from './in-memory-config-store.ts';
import { InMemoryVerificationReader } from './in-memory-verifications.ts';
import { InMemoryVersionInventory } from './in-memory-version-inventory.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { NumberingHashing } from './numbering-hashing.ts';

/** Tests of those who look after the store, over adapters in memory. Contents come and go as backups would bring them. */
export class UpkeepTest extends AsyncTestBase {
  readonly jobs = new InMemoryJobs();
  readonly outbox = new InMemoryOutbox();
  readonly committed = new InMemoryVersionReader();
  readonly contents = new InMemoryConfigStore(new NumberingHashing(), () => this.clock.now());
  readonly inventory = new InMemoryVersionInventory(this.committed);
  readonly transaction = new InMemoryBackupsTransaction(this.committed, this.jobs, { outbox: this.outbox });
  readonly reader = new InMemoryVerificationReader(this.committed);
  readonly ids = new SequentialIds();
  readonly device = sequentialId<'Device'>(1_000);
  readonly job = sequentialId<'Job'>(1_000);

  /** All that a use case may ask for. */
  get ports() {
    const { contents, inventory, transaction, reader, clock } = this;
    return { contents, inventory, transaction, reader, clock };
  }

  /** Stores a content, and a version that names it. */
  async backUp(text: string, deviceId: DeviceId = this.device): Promise<VersionSnapshot> {
    const contentHash = await this.store(text);
    const collected = aCollected({
      deviceId,
      contentHash,
      significantHash: contentHash,
      bytes: text.length,
      collectedAt: this.clock.now(),
    });
    const added = await this.transaction.run(async ({ versions }) => {
      const version = expectOk(Version.following(await versions.latest(deviceId), collected, this.ids.next()));
      await versions.add(version);
      return ok(version.snapshot());
    }, this.signal);
    return expectOk(added);
  }

  /** Stores a content that nothing names. */
  async store(text: string): Promise<ContentHash> {
    return expectOk(await this.contents.put(new TextEncoder().encode(text), this.signal));
  }

  has(hash: ContentHash): Promise<boolean> {
    return this.contents.has(hash, this.signal);
  }
}

import { VerifyStore } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryVerificationReader,
  InMemoryVersionInventory,
  InMemoryVersionReader,
} from '#backups/application/testing';
import type { ContentHash, FindingKind } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectOk, ManualClock, SequentialIds, sequentialId } from '#kernel/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { InMemoryBlobStore } from '../testing/in-memory-blob-store.ts';
import { sealedContents, sealedStore } from '../testing/stores.ts';

const { signal } = new AbortController();

/** What may become of kept bytes; `at` is from 0 to 1. Null is their deletion. `others` are those of other contents. */
type Damage = {
  readonly named: FindingKind;
  readonly to: (kept: Uint8Array, at: number, others: readonly Uint8Array[]) => Uint8Array | null;
};

const damages: Record<string, Damage> = {
  'flipped bit': {
    named: 'altered',
    // Behind the header: a flipped bit in that may look like a key or a content of another name.
    to: (kept, at) => {
      const place = Math.floor(80 + at * (kept.length - 80));
      return kept.with(place, kept[place]! ^ (1 << Math.floor(at * 8)));
    },
  },
  truncation: { named: 'truncated', to: (kept, at) => kept.slice(0, Math.floor(at * kept.length)) },
  'zero tail': { named: 'altered', to: (kept, at) => kept.slice().fill(0, Math.floor(at * (kept.length - 16))) },
  'another content': { named: 'replaced', to: (_, at, others) => others[Math.floor(at * others.length)]! },
  deletion: { named: 'missing', to: () => null },
};

const kind = fc.constantFrom(...Object.keys(damages));
const damaged = fc.array(fc.record({ kind, at: fc.double({ min: 0, max: 0.999, noNaN: true }) }), { maxLength: 6 });

async function verified(blobs: InMemoryBlobStore, committed: InMemoryVersionReader) {
  const jobs = new InMemoryJobs();
  const transaction = new InMemoryBackupsTransaction(committed, jobs);
  const reader = new InMemoryVerificationReader(committed);
  const inventory = new InMemoryVersionInventory(committed);
  const clock = new ManualClock();
  const verify = new VerifyStore({ contents: sealedContents(blobs), inventory, reader, transaction, clock });
  const id = sequentialId<'Job'>(1);
  const command = { mode: 'bytes', part: 1, of: 1, graceMs: 0, lease: jobs.claim(id) } as const;
  await verify.execute(command, { signal, progress: () => {} });
  const found = await reader.findings({ id, after: null, limit: 100 }, signal);
  return new Map(found.map(({ contentHash, kind: named }) => [contentHash, named]));
}

describe('A verification of all bytes', () => {
  it('names every damage as what it is, and nothing that is sound', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, fc.integer({ min: 2, max: 4 }), async (planned, sound) => {
        const [blobs, committed, ids] = [new InMemoryBlobStore(), new InMemoryVersionReader(), new SequentialIds()];
        const hashes: ContentHash[] = [];
        for (let n = 0; n < planned.length + sound; n += 1) {
          const text = new TextEncoder().encode(`hostname core-${n}\n${'interface Loopback0\n'.repeat(n + 1)}`);
          const contentHash = expectOk(await sealedStore(blobs).put(text, signal));
          const version = {
            ...aCollected({ contentHash, bytes: text.length }),
            id: ids.next<'Version'>(),
            sequence: n + 1,
          };
          committed.commit([version]);
          hashes.push(contentHash);
        }
        const before = new Map([...blobs.blobs].map(([name, { bytes }]) => [name, bytes]));
        const expected = new Map<ContentHash, FindingKind>();
        for (const [n, { kind: what, at }] of planned.entries()) {
          const [hash, { named, to }] = [hashes[n]!, damages[what]!];
          const others = [...before].filter(([name]) => name !== hash).map(([, bytes]) => bytes);
          const left = to(before.get(hash)!, at, others);
          await (left === null ? blobs.remove(hash, signal) : blobs.put(hash, left, signal));
          expected.set(hash, named);
        }

        const found = await verified(blobs, committed);

        expect(new Map([...found].toSorted())).to.deep.equal(new Map([...expected].toSorted()));
      }),
      { numRuns: 30 },
    );
  }).timeout(20_000);
});

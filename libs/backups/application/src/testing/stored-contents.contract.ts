import { shardOf, type ContentHash } from '#backups/domain';
import { contract, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import type { ConfigStore } from '../ports/config-store.ts';
import { StoredContents } from '../ports/stored-contents.ts';

/** Contents under test, and the store that puts them there; `spoil` changes what is kept behind its back. */
export type StoredContentsUnderTest = {
  readonly store: ConfigStore;
  readonly contents: StoredContents;
  readonly spoil: (hash: ContentHash, change: (kept: Uint8Array) => Uint8Array) => Promise<void> | void;
  readonly misplace: (from: ContentHash, to: ContentHash) => Promise<void> | void;
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
const { signal } = new AbortController();
const text = 'hostname core-1\ninterface Loopback0\n';
const { length } = text;

/** What all {@link StoredContents} promise, wherever they are kept. */
export const storedContentsContract = contract(
  StoredContents,
  (open: () => Promise<StoredContentsUnderTest> | StoredContentsUnderTest) => {
    const kept = async () => {
      const under = await open();
      return { ...under, hash: expectOk(await under.store.put(bytesOf(text), signal)) };
    };

    it('lists every content in its shard, with a size and a time', async () => {
      const { store, contents } = await open();
      const texts = Array.from({ length: 20 }, (_, n) => `hostname core-${n}\n`);
      const hashes = [];
      for (const one of texts) hashes.push(expectOk(await store.put(bytesOf(one), signal)));

      const shards = [...new Set(hashes.map(shardOf))];
      const listed = (await Promise.all(shards.map((shard) => contents.list(shard, signal)))).flat();

      expect(listed.map(({ hash }) => hash)).to.have.members(hashes);
      expect(listed.every(({ storedBytes }) => storedBytes >= texts[0]!.length)).to.equal(true);
      expect(listed.every(({ storedAt }) => storedAt.getTime() > 0)).to.equal(true);
    });

    it('finds a content sound that is as it was stored', async () => {
      const { contents, hash } = await kept();

      expect(await contents.examine({ hash, bytes: length }, signal)).to.deep.equal({ kind: 'sound' });
    });

    it('finds a content missing that was removed, also twice', async () => {
      const { contents, hash } = await kept();

      await contents.remove(hash, signal);
      await contents.remove(hash, signal);

      expect(await contents.examine({ hash, bytes: length }, signal)).to.deep.equal({ kind: 'missing' });
      expect(await contents.list(shardOf(hash), signal)).to.deep.equal([]);
    });

    const damages: Record<string, { change: (bytes: Uint8Array) => Uint8Array; kind: string }> = {
      'a flipped bit in its middle': {
        change: (kept) => kept.with(kept.length >> 1, kept[kept.length >> 1]! ^ 4),
        kind: 'altered',
      },
      'a flipped bit at its end': { change: (kept) => kept.with(-1, kept.at(-1)! ^ 1), kind: 'altered' },
      'a zeroed tail': {
        change: (kept) => Uint8Array.from([...kept.slice(0, -8), ...new Uint8Array(8)]),
        kind: 'altered',
      },
      'more bytes behind it': { change: (kept) => Uint8Array.from([...kept, 0]), kind: 'altered' },
      'the loss of its last byte': { change: (kept) => kept.slice(0, -1), kind: 'truncated' },
      'the loss of its half': { change: (kept) => kept.slice(0, kept.length >> 1), kind: 'truncated' },
      'the loss of all bytes': { change: () => new Uint8Array(), kind: 'truncated' },
    };
    for (const [what, { change, kind }] of Object.entries(damages)) {
      it(`names ${what}`, async () => {
        const { contents, hash, spoil } = await kept();

        await spoil(hash, change);

        expect(await contents.examine({ hash, bytes: length }, signal)).to.deep.equal({ kind });
      });
    }

    it('names the content that lies in the place of another', async () => {
      const { store, contents, hash, misplace } = await kept();
      const by = expectOk(await store.put(bytesOf('an older version\n'), signal));

      await misplace(by, hash);

      expect(await contents.examine({ hash, bytes: length }, signal)).to.deep.equal({ kind: 'replaced', by });
      expect(await contents.examine({ hash: by, bytes: 17 }, signal)).to.deep.equal({ kind: 'sound' });
    });

    it('does nothing for a caller that has stopped', async () => {
      const { contents, hash } = await kept();
      const stopped = new Error('stopped by the caller');
      const over = AbortSignal.abort(stopped);

      const work = [
        contents.list(0, over),
        contents.examine({ hash, bytes: length }, over),
        contents.remove(hash, over),
      ];
      const outcomes = await Promise.all(work.map((one) => one.catch((reason: unknown) => reason)));

      expect(outcomes).to.deep.equal([stopped, stopped, stopped]);
      expect(await contents.examine({ hash, bytes: length }, signal)).to.deep.equal({ kind: 'sound' });
    });
  },
);

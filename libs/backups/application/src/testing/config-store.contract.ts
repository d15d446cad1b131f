import type { ContentHash } from '#backups/domain';
import { contract, expectOk } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { ConfigDamaged, ConfigMissing, ConfigStore } from '../ports/config-store.ts';
import type { Hashing } from '../ports/hashing.ts';

/** A store under test. `damage` replaces content behind its back, or removes it when given null. */
export type ConfigStoreUnderTest = {
  readonly store: ConfigStore;
  readonly hashing: Hashing;
  readonly damage: (hash: ContentHash, bytes: Uint8Array | null) => Promise<void> | void;
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
const untimed = () => new AbortController().signal;

/** What every {@link ConfigStore} promises, wherever it keeps the bytes. */
export const configStoreContract = contract(
  ConfigStore,
  (open: () => Promise<ConfigStoreUnderTest> | ConfigStoreUnderTest) => {
    const every256 = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const contents = {
      nothing: bytesOf(''),
      'a line': bytesOf('hostname a\n'),
      'every byte': every256,
      '3 MB': new Uint8Array(3_000_000).fill(7),
    };

    for (const [title, bytes] of cases('gives back {case} under the hash it answered', contents)) {
      it(title, async () => {
        const { store, hashing } = await open();

        const hash = expectOk(await store.put(bytes, untimed()));

        expect(hash).to.equal(hashing.of(bytes));
        expect(await store.has(hash, untimed())).to.equal(true);
        expect(Buffer.compare(await store.get(hash, untimed()), bytes)).to.equal(0);
      });
    }

    it('keeps what it was given, whatever the caller does with the array afterwards', async () => {
      const { store } = await open();
      const bytes = bytesOf('hostname a\n');
      const hash = expectOk(await store.put(bytes, untimed()));

      bytes.fill(0);
      (await store.get(hash, untimed())).fill(0);

      expect(await store.get(hash, untimed())).to.deep.equal(bytesOf('hostname a\n'));
    });

    it('takes the same content from many at the same time', async () => {
      const { store } = await open();
      const bytes = bytesOf('hostname a\n');

      const hashes = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes, untimed())));

      expect(new Set(hashes.map(expectOk)).size).to.equal(1);
      expect(await store.get(expectOk(hashes[0]!), untimed())).to.deep.equal(bytes);
    });

    it('has nothing under a hash that was never answered', async () => {
      const { store, hashing } = await open();
      const hash = hashing.of(bytesOf('never stored'));

      expect(await store.has(hash, untimed())).to.equal(false);
      expect(await failureOf(store.get(hash, untimed())))
        .to.be.instanceOf(ConfigMissing)
        .with.property('hash', hash);
    });

    it('says that content is missing when it was removed', async () => {
      const { store, damage } = await open();
      const hash = expectOk(await store.put(bytesOf('hostname a\n'), untimed()));

      await damage(hash, null);

      expect(await failureOf(store.get(hash, untimed()))).to.be.instanceOf(ConfigMissing);
    });

    const damages = {
      'a flipped bit': 'hostnamd a\n',
      'a cut end': 'hostname a',
      'a zeroed tail': 'hostname \0\0',
      'other content': 'x',
      nothing: '',
    };
    for (const [title, left] of cases(
      'says that content is damaged by {case}, and is repaired by putting it again',
      damages,
    )) {
      it(title, async () => {
        const { store, damage } = await open();
        const bytes = bytesOf('hostname a\n');
        const hash = expectOk(await store.put(bytes, untimed()));

        await damage(hash, bytesOf(left));
        const failure = await failureOf(store.get(hash, untimed()));
        await store.put(bytes, untimed());

        expect(failure).to.be.instanceOf(ConfigDamaged).with.property('hash', hash);
        expect(await store.get(hash, untimed())).to.deep.equal(bytes);
      });
    }

    it('does nothing for a caller that has stopped', async () => {
      const { store, hashing } = await open();
      const stopped = new Error('stopped by the caller');
      const hash = hashing.of(bytesOf('hostname a\n'));

      const put = await failureOf(store.put(bytesOf('hostname a\n'), AbortSignal.abort(stopped)));
      const got = await failureOf(store.get(hash, AbortSignal.abort(stopped)));
      const had = await failureOf(store.has(hash, AbortSignal.abort(stopped)));

      expect([put, got, had]).to.deep.equal([stopped, stopped, stopped]);
      expect(await store.has(hash, untimed())).to.equal(false);
    });
  },
);

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('It succeeded.'),
    (reason: unknown) => reason,
  );
}

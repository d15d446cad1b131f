import { parseContentHash } from '#backups/domain';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { Hashing } from '../ports/hashing.ts';

/** What every {@link Hashing} promises. */
export const hashingContract = contract(Hashing, (open: () => Hashing) => {
  it('gives a well-formed name to any bytes', () => {
    const hashing = open();

    fc.assert(fc.property(fc.uint8Array(), (bytes) => parseContentHash(hashing.of(bytes)).ok));
  });

  it('gives the same name to the same bytes, whoever asks', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => open().of(bytes) === open().of(bytes.slice())));
  });

  it('gives different names to different bytes', () => {
    const hashing = open();
    const contents = ['', 'a', 'b', 'aa', 'a\n', '\u00e4', 'a'.repeat(100_000), `${'a'.repeat(99_999)}b`];

    const names = new Set(contents.map((content) => hashing.of(new TextEncoder().encode(content))));

    expect(names.size).to.equal(contents.length);
  });
});

import { hashingContract } from '#backups/application/testing';
import { expect } from 'chai';
import { Sha256Hashing } from './sha256-hashing.ts';

describe('Sha256Hashing', () => {
  hashingContract.holdsFor(Sha256Hashing, () => new Sha256Hashing());

  it('is SHA-256, so that anyone can check a stored file', () => {
    const hash = new Sha256Hashing().of(new TextEncoder().encode('abc'));

    expect(hash).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

import { expect } from 'chai';
import { algorithmsForAnyKey, algorithmsForPinned, canBePinned } from './algorithms.ts';

describe('The algorithms', () => {
  it('can be pinned by their names only', () => {
    const names = ['ssh-ed25519', 'ssh-rsa', 'ssh-dss', '', 'constructor', 'toString', '__proto__'];

    expect(names.filter(canBePinned)).to.deep.equal(['ssh-ed25519', 'ssh-rsa']);
  });

  it('offer no signature for a name that cannot be pinned', () => {
    for (const name of ['ssh-dss', 'constructor', '__proto__'])
      expect(algorithmsForPinned(name).serverHostKey).to.deep.equal([]);
  });

  it('are never those with SHA-1, not even for RSA', () => {
    expect(algorithmsForPinned('ssh-rsa').serverHostKey).to.deep.equal(['rsa-sha2-512', 'rsa-sha2-256']);
    expect(algorithmsForAnyKey().serverHostKey).to.include('ssh-ed25519').and.to.not.include('ssh-rsa');
  });
});

import { expect } from 'chai';
import { problemOf } from './device.problems.ts';

describe('The problem of a host key that cannot be pinned', () => {
  it('names the algorithms that can', () => {
    const { detail, facts } = problemOf({ kind: 'InvalidHostKey', algorithm: 'ED25519', fingerprint: '' });

    expect(detail).to.include('ssh-ed25519, ecdsa-sha2-nistp256').and.include('ssh-rsa');
    expect(facts).to.have.property('known').that.includes('ssh-ed25519');
  });
});

import { CredentialsUnreadable } from '#devices/contracts';
import { aPassword, credentialVaultContract } from '#devices/application/testing';
import { Secret } from '#kernel';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { AesGcmCredentialVault } from './aes-gcm-credential-vault.ts';

const masterKey = (byte: number): Secret => new Secret(Buffer.alloc(32, byte).toString('base64'));
const device = sequentialId<'Device'>(1);
const untimed = (): AbortSignal => new AbortController().signal;

describe('AesGcmCredentialVault', () => {
  credentialVaultContract.holdsFor(AesGcmCredentialVault, () => new AesGcmCredentialVault(masterKey(1)));

  it('opens what was sealed under the same master key before a restart', async () => {
    const sealed = await new AesGcmCredentialVault(masterKey(1)).seal(device, aPassword(), untimed());

    const opened = await new AesGcmCredentialVault(masterKey(1)).open(device, sealed, untimed());

    expect(opened).to.have.property('username', 'backup');
  });

  it('opens nothing that was sealed under another master key, also when it is relabelled', async () => {
    const mine = new AesGcmCredentialVault(masterKey(1));
    const { keyId } = await mine.seal(device, aPassword(), untimed());
    const sealed = await new AesGcmCredentialVault(masterKey(2)).seal(device, aPassword(), untimed());

    const failures = await Promise.all(
      [sealed, { ...sealed, keyId }].map((each) => mine.open(device, each, untimed()).catch((error: unknown) => error)),
    );

    expect(failures.map((failure) => failure instanceof CredentialsUnreadable && failure.why)).to.deep.equal([
      'another key',
      'not authentic',
    ]);
  });

  it('never repeats a nonce', async () => {
    const vault = new AesGcmCredentialVault(masterKey(1));

    const sealed = await Promise.all(Array.from({ length: 1_000 }, () => vault.seal(device, aPassword(), untimed())));

    const nonces = sealed.map(({ bytes }) => bytes.slice(1, 13).toString());
    expect(new Set(nonces).size).to.equal(1_000);
  });

  it('does not name its key after the key itself', async () => {
    const { keyId } = await new AesGcmCredentialVault(masterKey(1)).seal(device, aPassword(), untimed());

    expect(keyId)
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.equal('01'.repeat(8));
  });

  for (const text of ['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')]) {
    it(`refuses a master key of ${Buffer.from(text, 'base64').length} bytes`, () => {
      expect(() => new AesGcmCredentialVault(new Secret(text))).to.throw(RangeError);
    });
  }
});

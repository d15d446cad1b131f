import { CredentialsUnreadable, type DeviceCredentials } from '#devices/contracts';
import { revealed } from '#devices/contracts/testing';
import type { SealedCredentials } from '#devices/domain';
import { Secret } from '#kernel';
import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { CredentialVault } from '../ports/credential-vault.ts';
import { aPassword } from './a-password.ts';

const untimed = (): AbortSignal => new AbortController().signal;
const device = sequentialId<'Device'>(1);

const text = fc.string({ unit: fc.constantFrom('a', 'ä', '漢', '🔑', '\n', '\0', '"', ' '), maxLength: 40 });
const anySecret = text.map((content) => new Secret(content));
const anyCredentials: fc.Arbitrary<DeviceCredentials> = fc.oneof(
  fc.record({ kind: fc.constant('password' as const), username: text, password: anySecret }),
  fc.record({
    kind: fc.constant('key' as const),
    username: text,
    privateKey: anySecret,
    passphrase: fc.option(anySecret),
  }),
);

/** What every {@link CredentialVault} promises. */
export const credentialVaultContract = contract(CredentialVault, (open: () => CredentialVault) => {
  const unreadable = async (vault: CredentialVault, owner: typeof device, sealed: SealedCredentials) =>
    vault.open(owner, sealed, untimed()).then(
      () => expect.fail('It was opened.'),
      (error: unknown) => expect(error).to.be.instanceOf(CredentialsUnreadable).and.include({ deviceId: owner }),
    );

  it('opens what it has sealed', async () => {
    const vault = open();

    await fc.assert(
      fc.asyncProperty(anyCredentials, async (credentials) => {
        const sealed = await vault.seal(device, credentials, untimed());

        expect(revealed(await vault.open(device, sealed, untimed()))).to.deep.equal(revealed(credentials));
      }),
    );
  });

  it('seals the same credentials differently each time', async () => {
    const vault = open();

    const one = await vault.seal(device, aPassword(), untimed());
    const other = await vault.seal(device, aPassword(), untimed());

    expect(one.bytes).not.to.deep.equal(other.bytes);
  });

  it('shows neither the secret nor the user name in what it sealed', async () => {
    const credentials = aPassword({ username: 'backup-user', password: new Secret('correct horse') });

    const sealed = await open().seal(device, credentials, untimed());

    const printed = sealed.keyId + new TextDecoder('latin1').decode(sealed.bytes);
    expect(printed).not.to.match(/correct horse|backup-user|password/);
  });

  it('opens credentials for no other device', async () => {
    const vault = open();
    const sealed = await vault.seal(device, aPassword(), untimed());

    await unreadable(vault, sequentialId(2), sealed);
  });

  it('notices every bit that has changed', async () => {
    const vault = open();
    const sealed = await vault.seal(device, aPassword(), untimed());

    for (let bit = 0; bit < sealed.bytes.length * 8; bit += 1) {
      const bytes = sealed.bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      await unreadable(vault, device, { ...sealed, bytes });
    }
  });

  it('notices that something is missing or was added', async () => {
    const vault = open();
    const { keyId, bytes } = await vault.seal(device, aPassword(), untimed());

    for (let length = 0; length < bytes.length; length += 1) {
      await unreadable(vault, device, { keyId, bytes: bytes.slice(0, length) });
    }
    await unreadable(vault, device, { keyId, bytes: Uint8Array.of(...bytes, 0) });
  });

  it('says so when they were sealed under another key', async () => {
    const vault = open();
    const sealed = await vault.seal(device, aPassword(), untimed());

    const failure = await vault
      .open(device, { ...sealed, keyId: 'another' }, untimed())
      .catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(CredentialsUnreadable).and.include({ why: 'another key' });
  });

  it('does nothing for a caller that has stopped', async () => {
    const vault = open();
    const sealed = await vault.seal(device, aPassword(), untimed());
    const stopped = new Error('stopped by the caller');

    const answers = await Promise.allSettled([
      vault.seal(device, aPassword(), AbortSignal.abort(stopped)),
      vault.open(device, sealed, AbortSignal.abort(stopped)),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected]);
  });
});

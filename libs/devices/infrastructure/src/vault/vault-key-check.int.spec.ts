import { aPassword } from '#devices/application/testing';
import { Secret } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { startCheckContract } from '#platform/system/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { devicesSchema } from '../database/devices-schema.ts';
import { AesGcmCredentialVault } from './aes-gcm-credential-vault.ts';
import { VaultKeyCheck } from './vault-key-check.ts';

const keyOf = (byte: number): Secret => new Secret(Buffer.alloc(32, byte).toString('base64'));
const [right, wrong] = [keyOf(1), keyOf(2)];

class VaultKeyTest extends DatabaseTest {
  checkOf(masterKey = right, masterKeyLost = false): VaultKeyCheck {
    return new VaultKeyCheck({ source: this.database.source, masterKey, masterKeyLost });
  }

  async register(position: number, masterKey: Secret): Promise<void> {
    const id = sequentialId<'Device'>(position);
    const { keyId, bytes } = await new AesGcmCredentialVault(masterKey).seal(id, aPassword(), this.signal);
    await this.database.source.query(
      `INSERT INTO devices (id, name, address, port, model, credentials_key_id, credentials, enabled, tags, version, created_at, changed_at)
       VALUES ($1, $2, '10.0.0.1', 22, 'ios', $3, $4, true, '{}', 1, now(), now())`,
      [id, `device-${position}`, keyId, Buffer.from(bytes)],
    );
  }

  protected override schemas() {
    return [devicesSchema];
  }
}

const t = VaultKeyTest.install();

describe('VaultKeyCheck', () => {
  startCheckContract.holdsFor(
    VaultKeyCheck,
    t.opens(({ checkOf, register }) => ({ check: () => checkOf(), spoil: () => register(1, wrong) })),
  );

  it(
    'starts where credentials are sealed under its key, also beside others that are not',
    t.test(async ({ checkOf, register, signal }) => {
      await register(1, right);
      expectOk(await checkOf().check(signal));

      await register(2, wrong);

      expectOk(await checkOf().check(signal));
      expect(expectErr(await checkOf(keyOf(3)).check(signal))).to.include('LOCKSTEP_MASTER_KEY_LOST=accepted');
    }),
  );

  it(
    'starts once it is told that the key is lost',
    t.test(async ({ checkOf, register, signal }) => {
      await register(1, wrong);

      expectOk(await checkOf(right, true).check(signal));
    }),
  );
});

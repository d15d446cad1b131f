import { expect } from 'chai';
import ssh2 from 'ssh2';
import { DeviceTest } from '../testing/device-test.ts';
import { labHost } from '../testing/lab-recordings.ts';
import { CREDENTIALS, PlainClient } from '../testing/plain-client.ts';
import { newHostKey } from './host-key.ts';

const t = DeviceTest.install();

describe('Logging in to a simulated device', () => {
  it(
    'notes who tried to log in with what, and what was typed',
    t.test(async ({ start, use }) => {
      const device = await start({ recording: labHost });

      const refusal = await PlainClient.refusal(device, { ...CREDENTIALS, password: 'guessed' });
      const client = await use(PlainClient.connect(device));
      await (await client.exec('uname -n')).whole();

      expect(refusal?.message).to.equal('All configured authentication methods failed');
      const { username } = CREDENTIALS;
      expect(device.log.attempts).to.deep.equal([
        { method: 'none', username, credentials: false, accepted: false },
        { method: 'password', username, credentials: true, accepted: false },
        { method: 'none', username, credentials: false, accepted: false },
        { method: 'password', username, credentials: true, accepted: true },
      ]);
      expect(device.log.sessions).to.deep.equal([{ over: 'exec', typed: ['uname -n'] }]);
      expect(device.log.connections).to.equal(2);
    }),
  );

  it(
    'receives no credentials from a client that turns away at the host key',
    t.test(async ({ start }) => {
      const device = await start();

      const refusal = await PlainClient.refusal(device, { ...CREDENTIALS, hostVerifier: () => false });

      expect(refusal?.message).to.contain('verification failed');
      expect(device.log.connections).to.equal(1);
      expect(device.log.credentialsReceived).to.equal(false);
    }),
  );

  it(
    'lets in who holds the authorized key, and nobody with another',
    t.test(async ({ start, use }) => {
      const [ours, another] = [newHostKey().privateKey, newHostKey().privateKey];
      const authorized = ssh2.utils.parseKey(ours);
      if (authorized instanceof Error) throw authorized;
      const authorizedKey = `ssh-ed25519 ${authorized.getPublicSSH().toString('base64')} operator`;
      const device = await start({ authorizedKey });
      const { username } = CREDENTIALS;

      const refusal = await PlainClient.refusal(device, { username, privateKey: another });
      await use(PlainClient.connect(device, { username, privateKey: ours }));

      expect(refusal?.message).to.equal('All configured authentication methods failed');
      expect(device.log.attempts.filter(({ accepted }) => accepted)).to.deep.equal([
        { method: 'publickey', username, credentials: false, accepted: true },
        { method: 'publickey', username, credentials: true, accepted: true },
      ]);
    }),
  );

  it(
    'turns away whoever has the password of somebody else',
    t.test(async ({ start }) => {
      const device = await start();

      const refusal = await PlainClient.refusal(device, { ...CREDENTIALS, username: 'somebody' });

      expect(refusal?.message).to.equal('All configured authentication methods failed');
    }),
  );

  it(
    'is not possible with a key that cannot be read: the device does not start',
    t.test(async ({ start }) => {
      const refused = await start({ authorizedKey: 'no key' }).catch((error: unknown) => error);

      expect(refused).to.have.property('message').that.contains('The authorized key cannot be read');
    }),
  );
});

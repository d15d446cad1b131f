import { connect } from 'node:net';
import { expect } from 'chai';
import { DeviceTest, GREETING, PROMPT } from '../testing/device-test.ts';
import { CREDENTIALS, PlainClient } from '../testing/plain-client.ts';
import { newHostKey } from './host-key.ts';

const t = DeviceTest.install();

describe('The faults of a simulated device', () => {
  it(
    'pager shows a page and waits for a space',
    t.test(async ({ ask }) => {
      const { shell } = await ask({ pager: { lines: 2 } });
      await shell.upTo(' --More-- ');

      shell.type(' ');

      const erased = '\b'.repeat(10) + ' '.repeat(10) + '\b'.repeat(10);
      expect(await shell.upTo(`\n\r\n${PROMPT}`)).to.equal(
        `${GREETING}show running-config\r\nhostname lab-1\r\nlocation Zürich\r\n --More-- ${erased}end\r\n\r\n${PROMPT}`,
      );
    }),
  );

  it(
    'refusesPassword turns away the right password, until the device is healed',
    t.test(async ({ start }) => {
      const device = await start({ faults: { refusesPassword: true } });

      const refusal = await PlainClient.refusal(device);
      device.faults = null;
      const healed = await PlainClient.refusal(device);

      expect(refusal?.message).to.equal('All configured authentication methods failed');
      expect(healed).to.equal(null);
    }),
  );

  it(
    'otherHostKey shows another key on the same port, until the device is healed',
    t.test(async ({ start }) => {
      const otherHostKey = newHostKey();
      const device = await start();
      const shown: string[] = [];
      const look = (): Promise<Error | null> =>
        PlainClient.refusal(device, {
          ...CREDENTIALS,
          hostHash: 'sha256',
          hostVerifier: (hash: string) => shown.push(`SHA256:${Buffer.from(hash, 'hex').toString('base64')}`) > 0,
        });

      await look();
      device.faults = { otherHostKey };
      await look();
      device.faults = null;
      await look();

      const { fingerprint } = device.hostKey;
      expect(shown.map((one) => one.replace(/=+$/, ''))).to.deep.equal([
        fingerprint,
        otherHostKey.fingerprint,
        fingerprint,
      ]);
    }),
  );

  describe('silentAt', () => {
    for (const phase of ['connection', 'authentication'] as const) {
      it(
        `${phase} lets nobody in and turns nobody away`,
        t.test(async ({ start, eventually }) => {
          const device = await start({ faults: { silentAt: phase } });
          const refusal = PlainClient.refusal(device);
          const isReached = (): boolean => device.log.connections > 0 && device.log.attempts.length > 1;
          await eventually({
            what: phase,
            probe: () => (phase === 'connection' ? device.log.connections > 0 : isReached()),
          });

          await device.stop();

          expect((await refusal)?.message).to.match(/Connection lost|ECONNRESET|closed before/);
          expect(device.log.attempts.some(({ accepted }) => accepted)).to.equal(false);
        }),
      );
    }

    it(
      'connection notices that the visitor hangs up',
      t.test(async ({ start, eventually }) => {
        const device = await start({ faults: { silentAt: 'connection' } });
        const visitor = connect({ host: device.address, port: device.port });
        await eventually({ what: 'the visitor', probe: () => device.openConnections === 1 });

        visitor.end('SSH-2.0-visitor\r\n');

        await eventually({ what: 'the visitor to be gone', probe: () => device.openConnections === 0 });
        expect(device.openConnections).to.equal(0);
      }),
    );

    it(
      'channel never answers the request for a shell',
      t.test(async ({ start, use, eventually }) => {
        const device = await start({ faults: { silentAt: 'channel' } });
        const client = await use(PlainClient.connect(device));
        const opening = client.shell().catch((error: unknown) => error);
        await eventually({ what: 'the request', probe: () => device.log.sessions.length > 0 });

        await device.stop();

        expect(await opening).to.be.instanceOf(Error);
      }),
    );

    it(
      'prompt opens the shell and says nothing in it',
      t.test(async ({ start, use, settle }) => {
        const client = await use(PlainClient.connect(await start({ faults: { silentAt: 'prompt' } })));

        const shell = await client.shell();
        await settle(client);

        expect(shell.text).to.equal('');
        expect(shell.events).to.deep.equal([]);
      }),
    );

    it(
      'logout answers the logout but does not close',
      t.test(async ({ start, use, settle }) => {
        const client = await use(PlainClient.connect(await start({ faults: { silentAt: 'logout' } })));
        const shell = await client.shell();

        shell.type('exit\n');
        await shell.upTo('exit\r\n');
        await settle(client);

        expect(shell.text).to.equal(`${GREETING}exit\r\n`);
        expect(shell.events).to.deep.equal([]);
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { DeviceTest, PROMPT } from '../testing/device-test.ts';
import { CREDENTIALS, PlainClient } from '../testing/plain-client.ts';
import { labHost } from '../testing/lab-recordings.ts';
import { newHostKey } from './host-key.ts';

const t = DeviceTest.install();

describe('SimulatedDevice', () => {
  it(
    'holds a dialogue in a shell and ends it in order after the logout',
    t.test(async ({ start, use }) => {
      const device = await start();
      const client = await use(PlainClient.connect(device));
      const shell = await client.shell();
      await shell.upTo(PROMPT);

      shell.type('show running-config\n');
      await shell.upTo(PROMPT);
      shell.type('exit\n');

      expect(await shell.whole()).to.equal(
        'Welcome\r\nlab-1# show running-config\r\nhostname lab-1\r\nlocation Zürich\r\nend\r\n\r\nlab-1# exit\r\n',
      );
      expect(shell.events).to.deep.equal(['exit 0', 'end', 'close']);
      expect(client.errors).to.deep.equal([]);
    }),
  );

  it(
    'reads what is typed ahead when it gets there',
    t.test(async ({ start, use }) => {
      const client = await use(PlainClient.connect(await start({ faults: { chunkBytes: 3 } })));
      const shell = await client.shell();

      shell.type('terminal length 0\nshow running-config\nexit\n');

      expect(await shell.whole()).to.match(/^Welcome[^]*length 0\r\nlab-1# show[^]*end\r\n\r\nlab-1# exit\r\n$/);
    }),
  );

  it(
    'ends the session when the other side ends its input',
    t.test(async ({ start, use }) => {
      const shell = await (await use(PlainClient.connect(await start()))).shell();
      await shell.upTo(PROMPT);

      shell.endInput();
      await shell.whole();

      expect(shell.events).to.deep.equal(['exit 0', 'end', 'close']);
    }),
  );

  it(
    'answers an unknown command in a shell as its kind does, and prompts again',
    t.test(async ({ start, use }) => {
      const shell = await (await use(PlainClient.connect(await start()))).shell();
      await shell.upTo(PROMPT);

      shell.type('show banana\n');

      const refusal = "            ^\r\n% Invalid input detected at '^' marker.\r\n\r\n";
      expect(await shell.upTo(`\n${PROMPT}`)).to.equal('Welcome\r\nlab-1# ');
      expect(await shell.upTo(`${refusal}${PROMPT}`)).to.contain('lab-1# show banana\r\n');
    }),
  );

  it(
    'runs each command in a channel of its own, without echo and prompt',
    t.test(async ({ start, use }) => {
      const client = await use(PlainClient.connect(await start({ recording: labHost })));

      const channels = [await client.exec('uname -n'), await client.exec('cat /etc/hosts')];

      expect(await Promise.all(channels.map((channel) => channel.whole()))).to.deep.equal([
        'lab-2\n',
        '127.0.0.1 localhost\n::1 localhost\n',
      ]);
      expect(channels.map(({ events }) => events)).to.deep.equal([
        ['exit 0', 'end', 'close'],
        ['exit 0', 'end', 'close'],
      ]);
    }),
  );

  it(
    'runs a command of a terminal recording without its echo and prompt',
    t.test(async ({ start, use }) => {
      const channel = await (await use(PlainClient.connect(await start()))).exec('show running-config');

      expect(await channel.whole()).to.equal('hostname lab-1\nlocation Zürich\nend\n\n');
    }),
  );

  it(
    'gives an unknown command the exit status of its kind',
    t.test(async ({ start, use }) => {
      const channel = await (await use(PlainClient.connect(await start({ recording: labHost })))).exec('banana --ripe');

      expect(await channel.whole()).to.equal('sh: 1: banana: not found\n');
      expect(channel.events).to.deep.equal(['exit 127', 'end', 'close']);
    }),
  );

  for (const kind of ['ed25519', 'rsa'] as const) {
    it(
      `shows its ${kind} host key, and tells its fingerprint`,
      t.test(async ({ start, use }) => {
        const device = await start({ hostKey: newHostKey(kind) });
        let shown: Buffer = Buffer.alloc(0);
        const hostVerifier = (key: Buffer): boolean => (shown = key).length > 0;

        await use(PlainClient.connect(device, { ...CREDENTIALS, hostVerifier }));

        const digest = createHash('sha256').update(shown).digest('base64').replace(/=+$/, '');
        expect(device.hostKey.fingerprint).to.equal(`SHA256:${digest}`);
        expect(device.hostKey.algorithm).to.equal(shown.subarray(4, 4 + shown.readUInt32BE(0)).toString());
      }),
    );
  }

  it(
    'shows a changed configuration to whoever comes next',
    t.test(async ({ start, use }) => {
      const device = await start();

      device.changeConfiguration((text) => text.replace('Zürich', 'Genève'));
      const channel = await (await use(PlainClient.connect(device))).exec('show running-config');

      expect(await channel.whole()).to.equal('hostname lab-1\nlocation Genève\nend\n\n');
      expect(device.configurationAnswer('shell')).to.equal(
        'show running-config\r\nhostname lab-1\r\nlocation Genève\r\nend\r\n\r\nlab-1# ',
      );
    }),
  );

  it(
    'does not start on a port that is taken',
    t.test(async ({ start }) => {
      const { port } = await start();

      const refused = await start({ port }).catch((error: unknown) => error);

      expect(refused).to.have.property('code', 'EADDRINUSE');
    }),
  );

  it(
    'comes back on the same port with the same key',
    t.test(async ({ start }) => {
      const hostKey = newHostKey();
      const first = await start({ hostKey });
      const { port } = first;
      await first.stop();

      const second = await start({ hostKey, port });

      expect(second.port).to.equal(port);
      expect(second.hostKey).to.deep.equal(first.hostKey);
    }),
  );

  it(
    'leaves nothing open when it stops in the middle of a dialogue',
    t.test(async ({ start, eventually }) => {
      const before = openSockets();
      const device = await start({ faults: { stall: { afterBytes: 5 } } });
      const client = await PlainClient.connect(device);
      const shell = await client.shell();
      await shell.upTo(PROMPT);
      shell.type('show running-config\n');
      await shell.upTo('show ');

      await device.stop();
      await client[Symbol.asyncDispose]();

      expect(device.openConnections).to.equal(0);
      expect(() => device.port).to.throw('The simulated device has been stopped.');
      await eventually({ what: 'every socket to be closed', probe: () => openSockets() === before });
    }),
  );

  it(
    'throws at the end what went wrong inside',
    t.test(async ({ start, use }) => {
      const slip = new Error('a slip');
      const device = await start();
      const client = await use(PlainClient.connect(device));
      const shell = await client.shell();
      await shell.upTo(PROMPT);

      device.faults = {
        get chunkBytes(): number {
          throw slip;
        },
      };
      shell.type('exit\n');
      await client.exec('exit');
      const thrown = await device.stop().catch((error: unknown) => error);

      expect(thrown).to.be.instanceOf(AggregateError).with.property('errors').deep.equal([slip, slip]);
    }),
  );

  it(
    'can be stopped twice',
    t.test(async ({ start }) => {
      const device = await start();

      await Promise.all([device.stop(), device.stop()]);

      expect(await device.stop()).to.equal(undefined);
    }),
  );
});

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
}

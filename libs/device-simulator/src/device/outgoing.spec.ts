import { expect } from 'chai';
import { ANSWER, DeviceTest, GREETING, PROMPT } from '../testing/device-test.ts';
import { labHost } from '../testing/lab-recordings.ts';
import { PlainClient } from '../testing/plain-client.ts';

const t = DeviceTest.install();

describe('Outgoing', () => {
  describe('cut', () => {
    const afterBytes = 40;
    const received = GREETING + ANSWER.slice(0, afterBytes);

    it(
      'by reset breaks the connection after so many bytes',
      t.test(async ({ ask, eventually }) => {
        const { client, shell } = await ask({ cut: { afterBytes, by: 'reset' } });

        await shell.whole();

        expect(received.startsWith(shell.text)).to.equal(true);
        expect(shell.events.filter((event) => event.startsWith('exit'))).to.deep.equal([]);
        await eventually({
          what: 'the reset',
          probe: () => client.errors.some((error) => /ECONNRESET/.test(error.message)),
        });
      }),
    );

    it(
      'by FIN ends the stream of bytes and says nothing in SSH',
      t.test(async ({ ask }) => {
        const { client, shell } = await ask({ cut: { afterBytes, by: 'fin' } });

        expect(await shell.whole()).to.equal(received);
        expect(shell.events).to.deep.equal(['end', 'close']);
        expect(client.errors).to.deep.equal([]);
      }),
    );

    it(
      'by close ends the channel without an exit status',
      t.test(async ({ ask }) => {
        const { shell } = await ask({ cut: { afterBytes, by: 'close' } });

        expect(await shell.whole()).to.equal(received);
        expect(shell.events).to.deep.equal(['end', 'close']);
      }),
    );

    it(
      'by exit claims success',
      t.test(async ({ ask }) => {
        const { shell } = await ask({ cut: { afterBytes, by: 'exit' } });

        expect(await shell.whole()).to.equal(received);
        expect(shell.events).to.deep.equal(['exit 0', 'end', 'close']);
      }),
    );

    it(
      'leaves an answer alone that is shorter, and every other answer',
      t.test(async ({ start, use }) => {
        const device = await start({ faults: { cut: { afterBytes: 1_000, by: 'close' } } });
        const shell = await (await use(PlainClient.connect(device))).shell();
        await shell.upTo(PROMPT);
        shell.type('show running-config\n');
        await shell.upTo(`\n\r\n${PROMPT}`);

        device.faults = { cut: { afterBytes: 1, by: 'close' } };
        shell.type('terminal length 0\nexit\n');

        expect(await shell.whole()).to.equal(`${GREETING}${ANSWER}terminal length 0\r\n${PROMPT}exit\r\n`);
      }),
    );

    it(
      'at the last byte sends the whole answer and is still a cut',
      t.test(async ({ ask }) => {
        const { device, shell } = await ask({ cut: { afterBytes: Buffer.byteLength(ANSWER), by: 'close' } });

        expect(await shell.whole()).to.equal(GREETING + ANSWER);
        expect(device.configurationAnswer('shell')).to.equal(ANSWER);
      }),
    );

    it(
      'concerns an exec channel as well',
      t.test(async ({ start, use }) => {
        const device = await start({ recording: labHost, faults: { cut: { afterBytes: 9, by: 'exit' } } });
        const channel = await (await use(PlainClient.connect(device))).exec('cat /etc/hosts');

        expect(await channel.whole()).to.equal('127.0.0.1');
        expect(channel.events).to.deep.equal(['exit 0', 'end', 'close']);
      }),
    );
  });

  it(
    'counts bytes over the pages of an answer',
    t.test(async ({ start, use }) => {
      const device = await start({ faults: { pager: { lines: 1 }, cut: { afterBytes: 80, by: 'close' } } });
      const shell = await (await use(PlainClient.connect(device))).shell();

      shell.type('show running-config\n   ');

      const turned = ` --More-- ${'\b'.repeat(10)}${' '.repeat(10)}${'\b'.repeat(10)}`;
      expect(await shell.whole()).to.equal(`${GREETING}show running-config\r\nhostname lab-1\r\n${turned}loc`);
    }),
  );

  it(
    'counts bytes anew for every answer',
    t.test(async ({ start, use }) => {
      const device = await start({ faults: { cut: { afterBytes: Buffer.byteLength(ANSWER) + 1, by: 'close' } } });
      const shell = await (await use(PlainClient.connect(device))).shell();

      shell.type('show running-config\nshow running-config\nexit\n');

      expect(await shell.whole()).to.equal(`${GREETING}${ANSWER}${ANSWER}exit\r\n`);
    }),
  );

  it(
    'stall sends so many bytes and then nothing, until the device is stopped',
    t.test(async ({ ask, settle }) => {
      const { device, client, shell } = await ask({ stall: { afterBytes: 22 } });
      await shell.upTo('-config\r\nh');
      await settle(client);

      await device.stop();

      expect(await shell.whole()).to.equal(`${GREETING}${ANSWER.slice(0, 22)}`);
    }),
  );

  it(
    'chunkBytes cuts everything into pieces, in the middle of a character too',
    t.test(async ({ ask }) => {
      const { shell } = await ask({ chunkBytes: 1 });

      await shell.upTo(`\n\r\n${PROMPT}`);

      expect(shell.text).to.equal(GREETING + ANSWER);
      expect(new Set(shell.pieces.map(({ length }) => length))).to.deep.equal(new Set([1]));
    }),
  );

  it(
    'delayMs pauses after each piece and loses none',
    t.test(async ({ ask }) => {
      const { shell } = await ask({ chunkBytes: 32, delayMs: 1 });

      expect(await shell.upTo(`\n\r\n${PROMPT}`)).to.equal(GREETING + ANSWER);
    }),
  );

  it(
    'delayMs ends with the device, however long it is',
    t.test(async ({ start, use }) => {
      const device = await start({ faults: { chunkBytes: 7, delayMs: 3_600_000 } });
      const shell = await (await use(PlainClient.connect(device))).shell();
      await shell.atLeast(7);

      await device.stop();

      expect(await shell.whole()).to.equal('Welcome');
    }),
  );

  it(
    'bytesPerSecond may be so few that the device is stopped long before the end',
    t.test(async ({ start, use }) => {
      const device = await start({ faults: { bytesPerSecond: 1 } });
      const shell = await (await use(PlainClient.connect(device))).shell();
      await shell.atLeast(1);

      await device.stop();

      expect(await shell.whole()).to.have.lengthOf.below(GREETING.length);
    }),
  );

  it(
    'endless follows the configuration for as long as anyone listens',
    t.test(async ({ ask }) => {
      const { device, shell } = await ask({ endless: 'noise ' });

      await shell.atLeast(3_000_000);
      await device.stop();

      expect(await shell.whole()).to.match(/^Welcome[^]*end\r\n\r\n(?:noise ){1000}/);
    }),
  );

  it(
    'garbled counts over the pages of an answer',
    t.test(async ({ ask }) => {
      const { shell } = await ask({ pager: { lines: 1 }, garbled: { everyBytes: 50 } });
      shell.type('   ');

      await shell.atLeast(GREETING.length + Buffer.byteLength(ANSWER) + 3 * 40);

      const bytes = shell.bytes.subarray(GREETING.length);
      expect([...bytes.keys()].filter((at) => bytes[at] === 0xff)).to.deep.equal([49, 99, 149]);
    }),
  );

  it(
    'garbled replaces bytes by such that are no UTF-8',
    t.test(async ({ ask }) => {
      const { shell } = await ask({ garbled: { everyBytes: 10 } });

      await shell.atLeast(GREETING.length + Buffer.byteLength(ANSWER));

      const bytes = shell.bytes.subarray(GREETING.length);
      const replaced = [...bytes.keys()].filter((at) => bytes[at] === 0xff);
      expect(replaced).to.deep.equal([9, 19, 29, 39, 49, 59]);
    }),
  );
});

import { expect } from 'chai';
import { DeadlineExceeded, Secret } from '#kernel';
import { expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { connect } from './connect.ts';
import type { ChannelEvent, SshChannel } from './ssh-channel.ts';
import type { SshConnection } from './ssh-connection.ts';
import { ChannelRefused } from './ssh.errors.ts';
import { SshTestServer, type Serve, type TestServerOptions } from './testing/ssh-test-server.ts';

const MEGABYTE = 1024 * 1024;

class ChannelTest extends AsyncTestBase {
  readonly servers: SshTestServer[] = [];

  readonly connectTo = async (options: TestServerOptions): Promise<SshConnection> => {
    const server = await this.use(SshTestServer.start(options));
    this.servers.push(server);
    const { port, hostKey } = server;
    const connected = await connect({
      address: '127.0.0.1',
      port,
      hostKey,
      credentials: { kind: 'password', username: 'backup', password: new Secret('open') },
      deadlines: { connect: 5_000, open: 5_000, close: 1_000 },
      clock: this.clock,
      signal: this.signal,
    });
    return this.use(expectOk(connected));
  };

  readonly run = async (serve: Serve): Promise<SshChannel> =>
    (await this.connectTo({ serve })).exec('show', this.signal);

  /** Everything until the channel is closed; data in one piece. */
  readonly readAll = async (channel: SshChannel): Promise<{ text: string; signs: readonly string[] }> => {
    const signs: string[] = [];
    let text = '';
    for (;;) {
      const event = await channel.read(this.signal);
      if (event.kind === 'data') text += event.bytes.toString();
      else signs.push(signOf(event));
      if (event.kind === 'closed') return { text, signs };
    }
  };
}

function signOf(event: ChannelEvent): string {
  if (event.kind === 'exitStatus') return `status ${event.status}`;
  return event.kind === 'closed' ? event.how : event.kind;
}

describe('An SSH channel', () => {
  const t = ChannelTest.install();

  it(
    'brings the output, the exit status, the end of file and the close',
    t.test(async ({ run, readAll }) => {
      const channel = await run((server) => {
        server.write('configuration');
        server.exit(0);
        server.end();
      });

      const { text, signs } = await readAll(channel);

      expect(text).to.equal('configuration');
      expect(signs).to.have.members(['status 0', 'endOfFile', 'orderly']);
      expect(signs.at(-1)).to.equal('orderly');
    }),
  );

  it(
    'brings output that comes after the exit status',
    t.test(async ({ run, readAll }) => {
      const channel = await run((server) => {
        server.exit(0);
        server.write('x'.repeat(3 * MEGABYTE), () => server.end());
      });

      const { text } = await readAll(channel);

      expect(text.length).to.equal(3 * MEGABYTE);
    }),
  );

  it(
    'makes no end of file out of a close',
    t.test(async ({ run, readAll }) => {
      const channel = await run((server) => {
        server.exit(0);
        server.write('half a conf', () => server.close());
      });

      const { text, signs } = await readAll(channel);

      expect(text).to.equal('half a conf');
      expect(signs).to.deep.equal(['status 0', 'orderly']);
    }),
  );

  it(
    'is lost when the connection is reset',
    t.test(async ({ run, readAll, signal }) => {
      const channel = await run((server, _command, socket) => {
        server.exit(0);
        server.write('half a conf');
        server.once('data', () => socket.resetAndDestroy());
      });

      const first = [await channel.read(signal), await channel.read(signal)].map(signOf);
      channel.write('go on');
      const { signs } = await readAll(channel);

      expect(first).to.have.members(['data', 'status 0']);
      expect(signs).to.deep.equal(['lost']);
    }),
  );

  it(
    'is ended, but without an end of file, by a server that ends the connection',
    t.test(async ({ run, readAll }) => {
      const channel = await run((server, _command, socket) => {
        server.write('half a conf', () => socket.end());
      });

      const { text, signs } = await readAll(channel);

      expect({ text, signs }).to.deep.equal({ text: 'half a conf', signs: ['orderly'] });
    }),
  );

  it(
    'drops what comes through standard error, however much it is',
    t.test(async ({ run, readAll }) => {
      const channel = await run((server) => {
        server.stderr.write(Buffer.alloc(5 * MEGABYTE), () => {
          server.write('configuration');
          server.end();
        });
      });

      const { text } = await readAll(channel);

      expect(text).to.equal('configuration');
    }),
  );

  it(
    'leaves with the server what nobody reads',
    t.test(async ({ run, readAll, eventually }) => {
      let written = 0;
      const channel = await run((server) => {
        const more = (): void => {
          if (written === 12 * MEGABYTE) return void server.end();
          written += MEGABYTE;
          server.write(Buffer.alloc(MEGABYTE, 'x'), more);
        };
        more();
      });

      let seen = -1;
      const isStill = (): boolean => written > 0 && written === seen;
      await eventually({ what: 'the window to be full', probe: () => isStill() || void (seen = written) });
      const before = written;
      const { text } = await readAll(channel);

      expect(before).to.be.at.most(4 * MEGABYTE);
      expect(text.length).to.equal(12 * MEGABYTE);
    }),
  );

  it(
    'stops reading on abort without losing what comes later',
    t.test(async ({ run, readAll }) => {
      let answer = (): unknown => undefined;
      const channel = await run((server) => {
        answer = () => server.end('configuration');
      });
      const stop = new AbortController();
      const reason = new Error('stopped by the caller');

      const reading = channel.read(stop.signal).catch((thrown: unknown) => thrown);
      stop.abort(reason);
      answer();

      expect(await reading).to.equal(reason);
      expect((await readAll(channel)).text).to.equal('configuration');
    }),
  );

  it(
    'types into a terminal that is wide enough for any line',
    t.test(async ({ connectTo, readAll, signal, servers }) => {
      const connection = await connectTo({
        serve: (channel) => channel.once('data', (typed: Buffer) => channel.end(`you typed ${typed.toString()}`)),
      });

      const channel = await connection.shell(signal);
      channel.write('exit\n');

      expect((await readAll(channel)).text).to.equal('you typed exit\n');
      expect(servers[0]?.terminals[0]?.cols).to.be.at.least(500);
    }),
  );
});

describe('An SSH connection', () => {
  const t = ChannelTest.install();

  it(
    'opens no channel that the server refuses',
    t.test(async ({ connectTo, signal }) => {
      const connection = await connectTo({ refuses: true });

      const refusal = await connection.exec('show', signal).catch((thrown: unknown) => thrown);

      expect(refusal).to.be.instanceOf(ChannelRefused);
    }),
  );

  it(
    'does not wait for ever for a channel',
    t.test(async ({ connectTo, signal, clock }) => {
      const connection = await connectTo({ ignores: true });

      const opening = connection.exec('show', signal).catch((thrown: unknown) => thrown);
      await clock.advance(5_000);

      expect(await opening).to.be.instanceOf(DeadlineExceeded);
    }),
  );

  it(
    'opens no channel when it is closed',
    t.test(async ({ connectTo, signal }) => {
      const connection = await connectTo({});
      await connection[Symbol.asyncDispose]();

      const refusal = await connection.shell(signal).catch((thrown: unknown) => thrown);

      expect(refusal).to.be.instanceOf(ChannelRefused);
    }),
  );
});

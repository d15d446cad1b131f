import { createServer, type AddressInfo, type Socket } from 'node:net';
import { getEventListeners, once } from 'node:events';
import { expect } from 'chai';
import { expectErr, expectOk } from '#kernel/testing';
import { connect } from './connect.ts';
import { ConnectTest } from './testing/connect-test.ts';
import { SshTestServer } from './testing/ssh-test-server.ts';

describe('connect', () => {
  const t = ConnectTest.install();

  it(
    'logs in to the server whose key is pinned',
    t.test(async ({ serve, target, use }) => {
      const server = await serve();

      await use(expectOk(await connect(target(server))));

      expect(server.authentications).to.deep.equal(['password']);
    }),
  );

  it(
    'refuses another key before it says who it is',
    t.test(async ({ serve, target }) => {
      const [server, other] = [await serve(), await serve()];

      const refusal = expectErr(await connect(target(server, { hostKey: other.hostKey })));

      expect(refusal).to.deep.equal({ kind: 'HostKeyRefused', presented: server.hostKey.fingerprint });
      expect(server.authentications).to.deep.equal([]);
    }),
  );

  it(
    'refuses a server that has no key of the pinned kind before it says who it is',
    t.test(async ({ serve, target }) => {
      const [server, other] = [await serve(), await serve({ key: 'rsa' })];

      const refusal = expectErr(await connect(target(server, { hostKey: other.hostKey })));

      expect(refusal).to.deep.equal({ kind: 'HostKeyRefused', presented: null });
      expect(server.authentications).to.deep.equal([]);
    }),
  );

  it(
    'refuses to look for a kind of key that it would not trust',
    t.test(async ({ serve, target }) => {
      const server = await serve();

      const hostKey = { ...server.hostKey, algorithm: 'ssh-dss' };

      expect(expectErr(await connect(target(server, { hostKey }))).kind).to.equal('HostKeyRefused');
    }),
  );

  it(
    'asks for the kind of key that is pinned',
    t.test(async ({ serve, target, use }) => {
      const server = await serve({ key: 'rsa' });

      await use(expectOk(await connect(target(server))));

      expect(server.hostKey.algorithm).to.equal('ssh-rsa');
    }),
  );

  it(
    'says that nobody listens',
    t.test(async ({ target }) => {
      const server = await SshTestServer.start();
      const { port, hostKey } = server;
      await server[Symbol.asyncDispose]();

      const refusal = expectErr(await connect(target({ port, hostKey })));

      expect(refusal).to.deep.equal({ kind: 'Unreachable', reason: 'the connection was refused' });
    }),
  );

  for (const [what, greet] of [
    ['hangs up', (socket: Socket) => socket.end()],
    ['is no SSH server', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ] as const) {
    it(
      `cannot reach what ${what}`,
      t.test(async ({ target, defer }) => {
        const tcp = createServer(greet).listen(0, '127.0.0.1');
        await once(tcp, 'listening');
        defer(() => tcp.close());
        const { port } = tcp.address() as AddressInfo;

        const refusal = expectErr(await connect(target({ port, hostKey: anyKey })));

        expect(refusal.kind).to.equal('Unreachable');
      }),
    );
  }

  it(
    'gives up on a server that stays silent',
    t.test(async ({ target, defer, clock }) => {
      const silent = await silentServer(defer);

      // Of its own: the test's signal would hang up too, in the end.
      const { signal } = new AbortController();
      const connecting = connect(target({ port: silent.port, hostKey: anyKey }, { signal }));
      await silent.visited;
      await clock.advance(5_000);

      expect(expectErr(await connecting)).to.deep.equal({
        kind: 'Unreachable',
        reason: 'there was no session within 5000 ms',
      });
      await silent.left;
    }),
  );

  it(
    'ends with the reason of the one who stops it, and hangs up',
    t.test(async ({ target, defer }) => {
      const silent = await silentServer(defer);
      const stop = new AbortController();
      const reason = new Error('stopped by the caller');

      const connecting = connect(target({ port: silent.port, hostKey: anyKey }, { signal: stop.signal })).catch(
        (thrown: unknown) => thrown,
      );
      await silent.visited;
      stop.abort(reason);

      expect(await connecting).to.equal(reason);
      await silent.left;
    }),
  );

  it(
    'destroys a connection whose signal aborts',
    t.test(async ({ serve, target, eventually }) => {
      const server = await serve();
      const stop = new AbortController();
      expectOk(await connect(target(server, { signal: stop.signal })));

      stop.abort(new Error('stopped by the caller'));

      await eventually({ what: 'the server to lose its client', probe: () => server.connections === 0 });
      expect(server.connections).to.equal(0);
    }),
  );

  it(
    'leaves nothing with a signal that outlives the connection',
    t.test(async ({ serve, target, eventually }) => {
      const [server, other] = [await serve(), await serve()];
      const { signal } = new AbortController();
      const listeners = (): number => getEventListeners(signal, 'abort').length;

      const connection = expectOk(await connect(target(server, { signal })));
      const during = listeners();
      await connection[Symbol.asyncDispose]();
      expectErr(await connect(target(server, { signal, hostKey: other.hostKey })));
      await eventually({ what: 'the listeners to be gone', probe: () => listeners() === 0 });

      expect([during, listeners()]).to.deep.equal([1, 0]);
    }),
  );
});

const anyKey = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:u8znLqlpvIku6LurGDsgwSaml34VKwcXy0mUzHcAI2k' };

async function silentServer(
  defer: (run: () => unknown) => void,
): Promise<{ port: number; visited: Promise<unknown>; left: Promise<unknown> }> {
  const visited = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const tcp = createServer((socket) => {
    visited.resolve();
    socket.on('error', () => {});
    socket.on('close', () => left.resolve());
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  defer(() => tcp.close());
  return { port: (tcp.address() as AddressInfo).port, visited: visited.promise, left: left.promise };
}
